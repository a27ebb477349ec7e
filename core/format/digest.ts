import type { ByteStream } from '../support/byteStream';
import type { ContentMac } from '../support/hashing/contentMac';
import { Sha256 } from '../support/hashing/sha256';

/** Bytes of a stream, and their SHA-256 in lower-case hex. */
export interface Digest {
	readonly bytes: number;
	readonly sha256: string;
}

/** Takes the digest of a stream that passes through. */
export interface Digester {
	/** The stream. Rejects with `HashingThreadLost` if the digest is lost. */
	measure(source: ByteStream): AsyncGenerator<Buffer>;
	/** Call it after the end. */
	total(): Digest;
	/** Ends hashing, even in mid-way. The end of the stream does so, too. */
	end(): void;
}

/** With `mac`, that also takes in the stream. */
export function digester(mac?: ContentMac): Digester {
	const hash = new Sha256();
	let digest: Digest | undefined;
	return {
		async *measure(source) {
			let bytes = 0;
			try {
				for await (const chunk of source) {
					bytes += chunk.length;
					mac?.update(chunk);
					const room = hash.update(chunk);
					// Most often nothing is to be waited for, and a turn of promises for each chunk costs.
					if (room !== undefined) await room;
					yield chunk;
				}
				digest = { bytes, sha256: await hash.digest() };
			} finally {
				hash.end();
			}
		},
		total: () => {
			if (digest === undefined) throw new Error('The digest was asked for before the end of the stream');
			return digest;
		},
		end: () => hash.end(),
	};
}
