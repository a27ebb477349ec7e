/**
 * Runs `work` for the numbers from 0, at most `maxConcurrent` at a time, and resolves to the results in order.
 * After the first failure nothing new starts; rejects with it once all that had started are done.
 */
export async function mapConcurrently<T>(
	count: number,
	atOnce: number,
	work: (index: number) => Promise<T>,
): Promise<T[]> {
	const results = new Map<number, T>();
	const remaining = Array.from({ length: count }, (_, index) => index).values();
	let fault: { readonly reason: unknown } | undefined;
	const runner = async () => {
		for (const index of remaining) {
			if (fault !== undefined) return;
			try {
				results.set(index, await work(index));
			} catch (reason) {
				fault ??= { reason };
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, runner));
	if (fault !== undefined) throw fault.reason;
	return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
