import { cancelled } from '../errors';

const MEBIBYTE = 1024 * 1024;

/** Bytes that wait for a destination's acknowledgement, in all uploads of this process together. */
const PROCESS_BYTES = 96 * MEBIBYTE;

/** Hands out room for data, first come, first served. */
export interface Budget {
	/** Resolves once there is room; more than the whole budget counts as all of it. Call the result once, when the data is gone. Rejects with `cancelled`. */
	take(bytes: number, signal: AbortSignal): Promise<() => void>;
}

interface Waiter {
	readonly bytes: number;
	readonly go: () => void;
}

export function budgetOf(capacity: number): Budget {
	const waiters: Waiter[] = [];
	let free = capacity;
	const serve = () => {
		for (let next = waiters[0]; next !== undefined && next.bytes <= free; next = waiters[0]) {
			waiters.shift();
			free -= next.bytes;
			next.go();
		}
	};
	return {
		async take(wanted, signal) {
			const bytes = Math.min(wanted, capacity);
			const give = () => {
				free += bytes;
				serve();
			};
			if (waiters.length === 0 && bytes <= free) {
				free -= bytes;
				return give;
			}
			await new Promise<void>((resolve, reject) => {
				const waiter = { bytes, go: () => settle(resolve) };
				const stop = () => {
					waiters.splice(waiters.indexOf(waiter), 1);
					settle(() => reject(signal.reason ?? cancelled()));
					serve();
				};
				const settle = (done: () => void) => {
					signal.removeEventListener('abort', stop);
					done();
				};
				signal.addEventListener('abort', stop, { once: true });
				waiters.push(waiter);
				if (signal.aborted) stop();
			});
			return give;
		},
	};
}

/** One budget for all uploads of this process, however many run at once. */
export const memory = budgetOf(PROCESS_BYTES);
