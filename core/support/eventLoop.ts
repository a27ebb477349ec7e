import { setImmediate } from 'node:timers/promises';

/** What else this process does gets its turn after so much, a few milliseconds' worth: a fast line would keep the event loop to itself. */
const TURN_BYTES = 256 * 1024;

/** Call the result with the length of every chunk after it was passed on, and await what it returns: others have their turn meanwhile. */
export function eventLoopTurns(): (bytes: number) => Promise<void> | undefined {
	let sinceTurn = 0;
	return (bytes) => {
		sinceTurn += bytes;
		if (sinceTurn < TURN_BYTES) return undefined;
		sinceTurn = 0;
		return setImmediate();
	};
}

/** The time is looked up once for so many values. */
const VALUES_A_LOOK = 64;

/** What else this process does gets its turn after so long. */
const TURN_MS = 4;

/** Passes batches on, and lets others have their turn in between: a source that has them ready would keep the event loop to itself. */
export async function* yieldToEventLoopByTime<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
	let since = performance.now();
	for await (const batch of batches) {
		yield batch;
		if (performance.now() - since < TURN_MS) continue;
		await setImmediate();
		since = performance.now();
	}
}

/** Maps a long list, and lets others have their turn in between. */
export async function mapInTurns<T, R>(values: readonly T[], map: (value: T) => R): Promise<R[]> {
	const results: R[] = [];
	let since = performance.now();
	for (const value of values) {
		results.push(map(value));
		if (results.length % VALUES_A_LOOK !== 0 || performance.now() - since < TURN_MS) continue;
		await setImmediate();
		since = performance.now();
	}
	return results;
}
