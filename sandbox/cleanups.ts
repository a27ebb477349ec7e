/** How to end each of what was started, in the order it was. */
export type Endings = Array<() => Promise<unknown>>;

/** Ends all of it, the last first. */
export async function endAll(endings: Endings): Promise<void> {
	for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
}

/** What `open` resolves to, and how to close it. `open` puts how to end what it starts into `endings`; when it rejects, that is done. */
export async function closable<T extends object>(
	open: (endings: Endings) => Promise<T>,
): Promise<T & { close(): Promise<void> }> {
	const endings: Endings = [];
	const close = async () => await endAll(endings);
	try {
		return { ...(await open(endings)), close };
	} catch (fault) {
		await close();
		throw fault;
	}
}
