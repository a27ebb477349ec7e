import type { Readable } from 'node:stream';

/** How long a body that is read whole may take, however it trickles. */
const READ_MS = 60_000;

/**
 * The first `limit` bytes of a body as UTF-8 text; the rest is dropped and the body ended. Rejects when it breaks, and when neither its end nor
 * the limit comes within `ms`.
 */
export async function readLimited(body: Readable, limit: number, ms = READ_MS): Promise<string> {
	const chunks: AsyncIterator<Uint8Array | string> = body[Symbol.asyncIterator]();
	const kept: Buffer[] = [];
	let bytes = 0;
	let watch: NodeJS.Timeout | undefined;
	// Raced, because a silent body cannot be ended by destroying it: n8n makes it from a generator, which waits for the next chunk.
	const late = new Promise<never>((_, reject) => {
		watch = setTimeout(() => reject(new Error('The body did not end in time')), ms);
	});
	late.catch(() => undefined);
	try {
		while (bytes < limit) {
			const next = await Promise.race([chunks.next(), late]);
			if (next.done === true) break;
			// A copy of what is needed: a chunk may be a piece of something large.
			const part = Buffer.from(Buffer.from(next.value).subarray(0, limit - bytes));
			kept.push(part);
			bytes += part.length;
		}
	} finally {
		clearTimeout(watch);
		// A body may break off after it was read: without a listener its error would end the process.
		body.on('error', () => undefined);
		body.destroy();
	}
	return Buffer.concat(kept).toString('utf8');
}
