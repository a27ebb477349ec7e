import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { ByteStream } from '../../../core/support/byteStream';

/** Chunks in one memory that is used again for the next: who keeps one without a copy finds other bytes in it. */
export async function* bodyOf(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
	const memory = Buffer.alloc(Math.max(1, ...chunks.map(({ length }) => length)));
	for (const chunk of chunks) {
		memory.fill(0xee);
		chunk.copy(memory);
		yield memory.subarray(0, chunk.length);
	}
	memory.fill(0xee);
}

export async function bytesOf(body: ByteStream): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** Cut into pieces of these sizes, over and over. */
export function cutInto(data: Buffer, sizes: readonly number[]): Buffer[] {
	const chunks: Buffer[] = [];
	for (let at = 0; at < data.length; at += chunks.at(-1)?.length ?? 0)
		chunks.push(data.subarray(at, at + Math.max(1, sizes[chunks.length % sizes.length] ?? 1)));
	return chunks;
}

/** Bytes of any length, half of them such as can be compressed. */
export function someBytes(most: number): fc.Arbitrary<Buffer> {
	return fc.tuple(fc.integer({ min: 0, max: most }), fc.nat(), fc.boolean()).map(([length, seed, plain]) => {
		const block = createHash('sha512').update(String(seed)).digest();
		const data = Buffer.alloc(length, block);
		if (!plain)
			for (let at = 0; at + 4 <= length; at += 4) data.writeUInt32LE(Math.imul(seed + at, 0x9e3779b1) >>> 0, at);
		return data;
	});
}

/** Sizes to cut with; small ones among large ones. */
export const someSizes = fc
	.array(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 300_000 })), {
		minLength: 1,
		maxLength: 5,
	})
	.map((sizes) => [...sizes, 50_000]);

/** An endless body that tells what became of it. */
export function endless(bytes = 64 * 1024) {
	const state = { asked: 0, ended: false };
	async function* chunks(): AsyncGenerator<Buffer> {
		try {
			for (;;) {
				state.asked += 1;
				const chunk = Buffer.alloc(bytes);
				for (let at = 0; at + 4 <= bytes; at += 4)
					chunk.writeUInt32LE(Math.imul(at + state.asked, 0x9e3779b1) >>> 0, at);
				yield chunk;
			}
		} finally {
			state.ended = true;
		}
	}
	return { body: chunks(), state };
}

/** A body that fails after some chunks. */
export async function* failing(fault: Error, chunks = 3, bytes = 300_000): AsyncGenerator<Buffer> {
	for (let index = 0; index < chunks; index++) yield Buffer.alloc(bytes, index);
	throw fault;
}

/** Waits, turn by turn of the event loop, until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}
