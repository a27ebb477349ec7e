import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ByteStream } from '../../support/byteStream';

/** Two ends of something that changes bytes; of one stream, or of a chain of streams. */
interface Ends {
	readonly input: Writable;
	readonly output: NodeJS.ReadableStream;
	/** Whether a chunk is used up, and kept nowhere, once its write has called back. */
	readonly usesUp: boolean;
}

/**
 * What comes out when `body` goes in. A chunk is worked on while the next one is asked for, and no more than that is held. A fault of
 * `body` passes unchanged. Ends the streams when the consumer stops reading.
 */
export async function* pipeThrough(body: ByteStream, { input, output, usesUp }: Ends): AsyncGenerator<Buffer> {
	let out: Buffer[] = [];
	const taken = (): Buffer[] => {
		const chunks = out;
		out = [];
		return chunks;
	};
	output.on('data', (chunk: Buffer) => out.push(chunk));
	const ended = once(output, 'end');
	let done = Promise.resolve();
	const copy = usesUp ? intoScratch() : (chunk: Buffer) => Buffer.from(chunk);
	try {
		for await (const chunk of body) {
			await done;
			const chunks = taken();
			// A copy: while it is worked on, the next chunk is asked for.
			done = written(input, copy(chunk));
			done.catch(() => undefined);
			yield* chunks;
		}
		await done;
		input.end();
		await ended;
		yield* taken();
	} finally {
		ended.catch(() => undefined);
		// What is left runs through and is dropped; so every stream of a chain ends by itself.
		input.end();
		output.on('data', () => (out = []));
	}
}

/** Copies each chunk over the last one: fresh memory for each would be for the garbage collector to find. */
function intoScratch(): (chunk: Buffer) => Buffer {
	let scratch = Buffer.alloc(0);
	return (chunk) => {
		if (scratch.length < chunk.length) scratch = Buffer.allocUnsafeSlow(chunk.length);
		return scratch.subarray(0, chunk.copy(scratch));
	};
}

/** Resolves when the chunk has been worked on. */
function written(input: Writable, chunk: Buffer): Promise<void> {
	return new Promise((resolve, reject) => {
		input.write(chunk, (fault) => (fault ? reject(fault) : resolve()));
	});
}
