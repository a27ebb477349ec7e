import { createHash } from 'node:crypto';
import type { ByteStream } from '../support/byteStream';

/** Bytes of a stream, and their SHA-256 in lower-case hex. */
export interface Digest {
	readonly bytes: number;
	readonly sha256: string;
}

/** Takes the digest of a stream that passes through. */
export interface Digester {
	measure(source: ByteStream): AsyncGenerator<Buffer>;
	/** Call it once, after the end. */
	total(): Digest;
}

export function digester(): Digester {
	const hash = createHash('sha256');
	let bytes = 0;
	return {
		async *measure(source) {
			for await (const chunk of source) {
				bytes += chunk.length;
				hash.update(chunk);
				yield chunk;
			}
		},
		total: () => ({ bytes, sha256: hash.digest('hex') }),
	};
}
