import { setTimeout as setTimer } from 'node:timers';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
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

/** How long a publication that was under way when the user stopped it may take: cut off at once, it would leave open whether it was done. */
const GOES_ON_MS = 5_000;

/** Runs `work`, and calls `end` when it still runs a while after `signal` fired. */
export async function endedAfterStop<T>(signal: AbortSignal, end: () => void, work: () => Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const stop = () => {
		timer = setTimer(end, GOES_ON_MS).unref();
	};
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	try {
		return await work();
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
	}
}

/** How long to wait after so many tries: doubling from `firstMs` up to `mostMs`, with jitter, so that many who failed together do not come back together. */
export function backoff(tries: number, firstMs: number, mostMs: number): number {
	return Math.min(mostMs, firstMs * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}

/** Waits `ms`, or rejects with `cancelled` as soon as `signal` fires. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => {
		throw cancelled();
	});
}

/** What else this process does gets its turn after so much, a few milliseconds' worth: a fast line would keep the event loop to itself. */
const TURN_BYTES = 256 * 1024;

/** Passes chunks on, and lets others have their turn in between. */
export async function* inTurns(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let sinceTurn = 0;
	for await (const chunk of chunks) {
		yield chunk;
		sinceTurn += chunk.length;
		if (sinceTurn < TURN_BYTES) continue;
		sinceTurn = 0;
		await setImmediate();
	}
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
