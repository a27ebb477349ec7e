import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a piece of work did to the process that ran it. */
export interface Measured<T> {
	/** What it resolved to, or the error that it rejected with. */
	readonly outcome: T | Error;
	/** The longest time, in milliseconds, that this process worked while nothing else in it could run. What a busy machine takes from it doesn't count. */
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
	const turns = watchTurns();
	const from = performance.now();
	const outcome = await work().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
	const tookMs = performance.now() - from;
	// A stall at the very end is noticed once the event loop goes on.
	await sleep(4 * RESOLUTION_MS);
	const stalledMs = turns.end();
	clearInterval(sampling);
	return {
		outcome,
		stalledMs,
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
	expect(measured.stalledMs).toBeLessThan(bounds.stalledMs * slowness());
	expect(measured.heldMiB).toBeLessThan(bounds.heldMiB);
}

/** Processor time, in milliseconds, of the loop below on the machine that the bounds were set on. */
const LOOP_MS = 75;
const LOOP = 60_000_000;

/** How many times slower the processor is at the moment, as others take their share of it; 1 when it is as fast. */
function slowness(): number {
	const from = process.cpuUsage();
	let sum = 0;
	for (let step = 0; step < LOOP; step++) sum = (sum + step) | 0;
	const { user, system } = process.cpuUsage(from);
	return sum === 1 ? 1 : Math.max(1, (user + system) / 1000 / LOOP_MS);
}

/** Notes the longest turn of the event loop from now on. */
function watchTurns(): { end(): number } {
	let [longest, since, used] = [0, performance.now(), process.cpuUsage()];
	const tick = () => {
		const now = performance.now();
		const { user, system } = process.cpuUsage(used);
		longest = Math.max(longest, Math.min(now - since, (user + system) / 1000));
		[since, used] = [now, process.cpuUsage()];
	};
	const ticking = setInterval(tick, RESOLUTION_MS);
	return {
		end: () => {
			clearInterval(ticking);
			return longest;
		},
	};
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
