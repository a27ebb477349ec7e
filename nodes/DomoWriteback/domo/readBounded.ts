import type { Readable } from 'node:stream';

/** How long a body that is read whole may take. */
const READ_MS = 60_000;

/** The first `limit` bytes of a body as UTF-8 text; the rest is dropped and the body ended. Rejects when it breaks or stalls for a minute. */
export async function readBounded(body: Readable, limit: number): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	const watch = setTimeout(() => body.destroy(new Error('No answer within a minute')), READ_MS);
	try {
		for await (const chunk of body) {
			const part = Buffer.from(chunk);
			chunks.push(part);
			bytes += part.length;
			if (bytes >= limit) break;
		}
	} finally {
		clearTimeout(watch);
		body.destroy();
	}
	return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}
