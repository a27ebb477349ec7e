import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from './errors';

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
