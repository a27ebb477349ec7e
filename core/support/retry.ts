import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from './errors';

/**
 * Calls `work`, with the number of the try from 1, until it resolves. After each fault `beforeNext` rejects with what the whole rejects
 * with, or resolves once the next try may begin.
 */
export async function retry<T>(
	work: (tries: number) => Promise<T>,
	beforeNext: (fault: unknown, tries: number) => Promise<void>,
): Promise<T> {
	for (let tries = 1; ; tries++) {
		try {
			return await work(tries);
		} catch (fault) {
			await beforeNext(fault, tries);
		}
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
