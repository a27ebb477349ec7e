import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MEBIBYTE = 1024 * 1024;

/** What a process gains by running at all: compiled code, caches, the servers' logs that the sandbox keeps. */
const ALLOWED_BYTES = 16 * MEBIBYTE;

const LOOKS = 5;
const LOOK_EVERY_MS = 500;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes in use after a collection: V8's heap, and buffers beside it. */
export function heldBytes(): number {
	collect();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

/** The same at rest: what is freed is handed back by threads of V8 a little later, so the least of some looks counts. */
export async function heldAtRest(): Promise<number> {
	let least = heldBytes();
	for (let looks = 1; looks < LOOKS; looks++) {
		await sleep(LOOK_EVERY_MS);
		least = Math.min(least, heldBytes());
	}
	return least;
}

/**
 * Whether memory was lost: at rest much more is held than after the warm-up, and it grew all the time. Of the samples taken while
 * transfers run the lowest count, since the others hold what is under way.
 */
export function hasGrown(samples: readonly number[], warm: number, end: number): boolean {
	const third = Math.ceil(samples.length / 3);
	const grew = Math.min(...samples.slice(-third)) - Math.min(...samples.slice(0, third));
	return end - warm > ALLOWED_BYTES && (samples.length < 3 || grew > ALLOWED_BYTES / 2);
}

/** Sockets, timers and so on that keep the process alive, by kind. */
export type Handles = ReadonlyMap<string, number>;

export function handles(): Handles {
	const kinds = process.getActiveResourcesInfo();
	return new Map(kinds.map((kind) => [kind, kinds.filter((other) => other === kind).length]));
}

/** What there is more of than before, e.g. `2 TCPSocketWrap`. */
export function moreThan(before: Handles): string[] {
	return [...handles()].flatMap(([kind, now]) => {
		const more = now - (before.get(kind) ?? 0);
		return more > 0 ? [`${more} ${kind}`] : [];
	});
}
