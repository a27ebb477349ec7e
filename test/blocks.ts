import { Readable } from 'node:stream';
import { type Block, rechunk } from '../core/support/rechunk';

/** A body in lent memory, in blocks of `size` bytes. */
export function blocksOf(body: Buffer, size = body.length): AsyncIterable<Block> {
	return rechunk(Readable.from([body]), size, new AbortController().signal);
}

/** What a body holds; each block goes back once it was looked at. */
export async function contentOf(blocks: AsyncIterable<Block>): Promise<Buffer> {
	const found: Buffer[] = [];
	for await (const { data, release } of blocks) {
		found.push(Buffer.from(data));
		release();
	}
	return Buffer.concat(found);
}
