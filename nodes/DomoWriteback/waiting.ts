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

/** Watches one promise after the other with a single timer: a timer each would be thousands a second. */
export interface SilenceWatch {
	/** Settles as `work` does, but rejects with `late()` when that takes longer than `ms`, a quarter more at the most, and with `cancelled` as soon as the signal fires. */
	over<T>(work: Promise<T>, late: () => Error): Promise<T>;
	/** Ends the timer and stops listening. */
	end(): void;
}

export function silenceWatch(ms: number, signal: AbortSignal): SilenceWatch {
	let waiting:
		| { readonly reject: (fault: Error) => void; readonly late: () => Error; readonly since: number }
		| undefined;
	const stop = () => {
		clearInterval(timer);
		waiting?.reject(cancelled());
	};
	const timer = setInterval(() => {
		if (waiting !== undefined && performance.now() - waiting.since >= ms) waiting.reject(waiting.late());
	}, ms / 4);
	signal.addEventListener('abort', stop, { once: true });
	return {
		over: async (work, late) =>
			await new Promise((resolve, reject) => {
				waiting = { reject, late, since: performance.now() };
				if (signal.aborted) stop();
				const settle =
					<V>(settled: (value: V) => void) =>
					(value: V) => {
						waiting = undefined;
						settled(value);
					};
				work.then(settle(resolve), settle(reject));
			}),
		end: () => {
			clearInterval(timer);
			signal.removeEventListener('abort', stop);
		},
	};
}
