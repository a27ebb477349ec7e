import { onAbort } from './abort';
import { cancelled } from './errors';

/** Hands out shares of something there is only so much of, first come, first served. */
export interface Semaphore {
	/** Resolves when that much is free; a request above the capacity takes all of it. Call the result once, to release it. Rejects with `cancelled`. */
	acquire(amount: number, signal: AbortSignal): Promise<() => void>;
}

interface Waiter {
	readonly amount: number;
	readonly go: () => void;
}

export function createSemaphore(capacity: number): Semaphore {
	const waiters: Waiter[] = [];
	let free = capacity;
	const serve = () => {
		for (let next = waiters[0]; next !== undefined && next.amount <= free; next = waiters[0]) {
			waiters.shift();
			free -= next.amount;
			next.go();
		}
	};
	return {
		async acquire(wanted, signal) {
			const amount = Math.min(wanted, capacity);
			const give = () => {
				free += amount;
				serve();
			};
			if (waiters.length === 0 && amount <= free) {
				free -= amount;
				return give;
			}
			await new Promise<void>((resolve, reject) => {
				const waiter = { amount, go: () => settle(resolve) };
				const stop = () => {
					waiters.splice(waiters.indexOf(waiter), 1);
					settle(() => reject(signal.reason ?? cancelled()));
					serve();
				};
				const settle = (done: () => void) => {
					stopListening();
					done();
				};
				let stopListening = (): void => undefined;
				waiters.push(waiter);
				stopListening = onAbort(signal, stop);
			});
			return give;
		},
	};
}
