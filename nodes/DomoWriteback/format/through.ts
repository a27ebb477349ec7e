import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Body } from '../destinations/destination';

/** Two ends of something that changes bytes; of one stream, or of a chain of streams. */
interface Ends {
	readonly input: Writable;
	readonly output: NodeJS.ReadableStream;
}

/**
 * What comes out when `body` goes in. A chunk is worked on while the next one is asked for, and no more than that is held. A fault of
 * `body` passes unchanged. Ends the streams when nobody asks for more.
 */
export async function* through(body: Body, { input, output }: Ends): AsyncGenerator<Buffer> {
	let out: Buffer[] = [];
	const taken = (): Buffer[] => {
		const chunks = out;
		out = [];
		return chunks;
	};
	output.on('data', (chunk: Buffer) => out.push(chunk));
	const ended = once(output, 'end');
	let done = Promise.resolve();
	try {
		for await (const chunk of body) {
			await done;
			const chunks = taken();
			// A copy: while it is worked on, the next chunk is asked for.
			done = written(input, Buffer.from(chunk));
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

/** Resolves when the chunk has been worked on. */
function written(input: Writable, chunk: Buffer): Promise<void> {
	return new Promise((resolve, reject) => {
		input.write(chunk, (fault) => (fault ? reject(fault) : resolve()));
	});
}
