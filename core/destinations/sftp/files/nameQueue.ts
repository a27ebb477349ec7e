import { sanitize, WritebackError } from '../../../support/errors';
import { idleTimer } from '../../../support/idleTimeout';

/** How long a writer waits for another one of this process that takes the same name. */
export interface QueueOptions {
	readonly idleMs: number;
	readonly signal: AbortSignal;
}

/** Who takes a name at the moment, by server and path: without exclusive requests, writers of this process wait for each other. */
const turns = new Map<string, Promise<void>>();

/** Runs `work` after those of this process that are at it. Rejects with `destinationInterrupted` when one of them takes too long, or with `cancelled`. */
export async function queueByName<T>(
	place: string,
	path: string,
	{ idleMs, signal }: QueueOptions,
	work: () => Promise<T>,
): Promise<T> {
	const name = `${place} ${path}`;
	const before = turns.get(name) ?? Promise.resolve();
	let leave = (): void => undefined;
	const own = new Promise<void>((resolve) => {
		leave = resolve;
	});
	// One that gives up is passed, but not the one that it waited for.
	const all = before.then(async () => await own);
	turns.set(name, all);
	const watch = idleTimer(idleMs, signal);
	try {
		await watch.watch(before, () => nameQueueTimeout(path, idleMs));
		return await work();
	} finally {
		watch.end();
		leave();
		all.then(() => turns.get(name) === all && turns.delete(name)).catch(() => undefined);
	}
}

export function nameQueueTimeout(path: string, idleMs: number): WritebackError {
	const seconds = Math.round(idleMs / 1000);
	const what = `Another writeback of this n8n process has not finished publishing ${sanitize(path)} within ${seconds} s`;
	return new WritebackError('destinationInterrupted', what, {
		hint: "The target is unchanged. Two executions write to the same name, and this server can't keep them apart. Run them one after the other, or raise Transfer → 'Idle Timeout'.",
	});
}
