import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a piece of work did to the process that ran it. */
export interface Measured<T> {
	/** What it resolved to, or the error that it rejected with. */
	readonly outcome: T | Error;
	/** The longest time, in milliseconds, that nothing else could run. */
	readonly stalledMs: number;
	/** Memory, in MiB, that is still in use afterwards and was not before. */
	readonly heldMiB: number;
	/** The most memory, in MiB, that was in use at any time above what it was before; sampled. */
	readonly peakMiB: number;
	readonly tookMs: number;
}

/** The bounds that hold for every hostile case unless it says less. */
export const BOUNDS = { stalledMs: 200, heldMiB: 64 } as const;

const SAMPLE_MS = 20;
const RESOLUTION_MS = 5;
const MIB = 1024 * 1024;

/** Runs `work`, which may reject, and measures what it does to this process. A server that computes belongs in another one. */
export async function measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
	const before = await afterCollection();
	let peak = before;
	const sampling = setInterval(() => (peak = Math.max(peak, inUse())), SAMPLE_MS);
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	delay.enable();
	// It notices nothing before its first tick, and a stall at the very end only when the event loop goes on.
	await sleep(4 * RESOLUTION_MS);
	const from = performance.now();
	const outcome = await work().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
	const tookMs = performance.now() - from;
	await sleep(4 * RESOLUTION_MS);
	delay.disable();
	clearInterval(sampling);
	return {
		outcome,
		stalledMs: delay.max / 1e6,
		heldMiB: ((await afterCollection()) - before) / MIB,
		peakMiB: (peak - before) / MIB,
		tookMs,
	};
}

/** Fails when the work stopped the process for too long, or holds on to too much. */
export function expectWithinBounds(
	measured: Measured<unknown>,
	bounds: { stalledMs: number; heldMiB: number } = BOUNDS,
): void {
	expect(measured.stalledMs).toBeLessThan(bounds.stalledMs);
	expect(measured.heldMiB).toBeLessThan(bounds.heldMiB);
}

function inUse(): number {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

async function afterCollection(): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect !== 'function') throw new Error('V8 gives no way to collect garbage');
	// V8 gives the memory of buffers back in a thread of its own, which the second collection waits for.
	for (let times = 0; times < 2; times++) {
		collect();
		await sleep(20);
	}
	return inUse();
}
