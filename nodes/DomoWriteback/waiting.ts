import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from './errors';

/** Settles as `work` does, but rejects with `cancelled` as soon as `signal` fires; `late` then gets what arrives after all. */
export async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal, late?: (value: T) => void): Promise<T> {
	let stop = (): void => undefined;
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(cancelled());
	});
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	try {
		return await Promise.race([work, stopped]);
	} catch (fault) {
		if (signal.aborted) work.then(late, () => undefined);
		throw fault;
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/** Waits `ms`, or rejects with `cancelled` as soon as `signal` fires. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => {
		throw cancelled();
	});
}
