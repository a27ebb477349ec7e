import { Readable } from 'node:stream';
import { type Block, rechunk } from '../core/support/rechunk';

/** A body in lent memory, in blocks of `size` bytes. */
export function blocksOf(body: Buffer, size = body.length): AsyncIterable<Block> {
	return rechunk(Readable.from([body]), size, new AbortController().signal);
}

/** What each block of a body holds; it goes back before the next one is asked for. */
export async function contentsOf(blocks: AsyncIterable<Block>): Promise<Buffer[]> {
	const found: Buffer[] = [];
	for await (const { data, release } of blocks) {
		found.push(Buffer.from(data));
		release();
	}
	return found;
}
