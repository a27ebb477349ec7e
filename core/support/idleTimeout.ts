import { setMaxListeners } from 'node:events';
import { setTimeout as setTimer } from 'node:timers';
import { onAbort } from './abort';
import { cancelled } from './errors';

/** How long a publication that was under way when the user stopped it may take: cut off at once, it would leave open whether it was done. */
const GOES_ON_MS = 5_000;

/** The time after one signal, which all that ask for it share. */
interface Grace {
	readonly over: AbortSignal;
	readonly stopListening: () => void;
	users: number;
}

const graces = new WeakMap<AbortSignal, Grace>();

/** Hands a signal to `work` that fires a while after `signal` does; the same for all that run then, so that several publications have that time together. */
export async function withGraceAfter<T>(signal: AbortSignal, work: (over: AbortSignal) => Promise<T>): Promise<T> {
	const grace = graces.get(signal) ?? startGrace(signal);
	graces.set(signal, grace);
	grace.users += 1;
	try {
		return await work(grace.over);
	} finally {
		grace.users -= 1;
		// A stop that has begun goes on for those that ask later.
		if (grace.users === 0 && !signal.aborted) {
			grace.stopListening();
			graces.delete(signal);
		}
	}
}

function startGrace(signal: AbortSignal): Grace {
	const over = new AbortController();
	setMaxListeners(0, over.signal);
	const stopListening = onAbort(signal, () => void setTimer(() => over.abort(), GOES_ON_MS).unref());
	return { over: over.signal, stopListening, users: 0 };
}

/** Runs `work`, and calls `end` when it still runs a while after `signal` fired. */
export async function endedAfterStop<T>(signal: AbortSignal, end: () => void, work: () => Promise<T>): Promise<T> {
	return await withGraceAfter(signal, async (over) => {
		const stopListening = onAbort(over, end);
		try {
			return await work();
		} finally {
			stopListening();
		}
	});
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
