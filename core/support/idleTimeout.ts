import { setMaxListeners } from 'node:events';
import { setTimeout as setTimer } from 'node:timers';
import { onAbort } from './abort';
import { cancelled } from './errors';

/** How long a publication that was under way when the user stopped it may take: cut off at once, it would leave open whether it was done. */
const GOES_ON_MS = 5_000;

const graces = new WeakMap<AbortSignal, AbortSignal>();

/** Fires a while after `signal` does; the same for all that ask, so that several publications have that time together. */
export function graceAfter(signal: AbortSignal): AbortSignal {
	const known = graces.get(signal);
	if (known !== undefined) return known;
	const over = new AbortController();
	setMaxListeners(0, over.signal);
	onAbort(signal, () => void setTimer(() => over.abort(), GOES_ON_MS).unref());
	graces.set(signal, over.signal);
	return over.signal;
}

/** Runs `work`, and calls `end` when it still runs a while after `signal` fired. */
export async function endedAfterStop<T>(signal: AbortSignal, end: () => void, work: () => Promise<T>): Promise<T> {
	const stopListening = onAbort(graceAfter(signal), end);
	try {
		return await work();
	} finally {
		stopListening();
	}
}

/** Watches one promise after the other with a single timer: a timer each would be thousands a second. */
export interface IdleTimer {
	/** Settles as `work` does, but rejects with `late()` when that takes longer than `ms` (up to a quarter more), and with `cancelled` as soon as the signal fires. */
	watch<T>(work: Promise<T>, late: () => Error): Promise<T>;
	/** Ends the timer and stops listening. */
	end(): void;
}

export function idleTimer(ms: number, signal: AbortSignal): IdleTimer {
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
	const stopListening = onAbort(signal, stop);
	return {
		watch: async (work, late) =>
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
			stopListening();
		},
	};
}
