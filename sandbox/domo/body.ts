import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

type Body = Iterable<Buffer> | AsyncIterable<Buffer>;

/** Small enough that a slow body comes evenly. */
const PIECES_PER_SECOND = 20;

/** The first bytes of a body. */
export async function* cutAt(body: Body, atByte: number): AsyncIterable<Buffer> {
	let left = atByte;
	if (left === 0) return;
	for await (const chunk of body) {
		const piece = chunk.subarray(0, left);
		yield piece;
		left -= piece.length;
		if (left === 0) return;
	}
}

/** All of a body, with a silence after that byte: for `ms`, or until the signal. */
export async function* stalledAt(
	body: Body,
	atByte: number,
	ms: number | undefined,
	signal: AbortSignal,
): AsyncIterable<Buffer> {
	let before = atByte;
	if (before === 0) await silence(ms, signal);
	for await (const chunk of body) {
		if (before > 0 && before <= chunk.length) {
			yield chunk.subarray(0, before);
			await silence(ms, signal);
			if (before < chunk.length) yield chunk.subarray(before);
		} else yield chunk;
		before -= chunk.length;
	}
}

/** All of a body, no faster than this. */
export async function* paced(body: Body, bytesPerSecond: number, signal: AbortSignal): AsyncIterable<Buffer> {
	const pieceBytes = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
	const startedAt = performance.now();
	let sent = 0;
	for await (const chunk of body) {
		for (let from = 0; from < chunk.length; from += pieceBytes) {
			const piece = chunk.subarray(from, from + pieceBytes);
			yield piece;
			sent += piece.length;
			const due = startedAt + (sent / bytesPerSecond) * 1000;
			if (due > performance.now()) await delay(due - performance.now(), undefined, { signal });
		}
	}
}

async function silence(ms: number | undefined, signal: AbortSignal): Promise<void> {
	if (ms !== undefined) await delay(ms, undefined, { signal });
	else if (!signal.aborted) await once(signal, 'abort');
	signal.throwIfAborted();
}
