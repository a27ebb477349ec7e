import type { StagingOptions } from './account';
import { GUARANTEED_BYTES } from '../../support/bufferPool';

const BLOCK_BYTES = 8 * 1024 * 1024;

/** A blob has at most 50,000 blocks (learn.microsoft.com, "Scalability and performance targets for Blob storage"); doubling after each of these makes room for 7 TiB. */
const BLOCKS_OF_ONE_SIZE = 7_000;

/** What a block holds, in bytes, after `count` others. */
export function blockBytesAt(count: number, first: StagingOptions['blockBytes']): number {
	return (first === 'auto' ? BLOCK_BYTES : first) * growthAt(count);
}

/** What it holds at least where memory is scarce. */
export function leastBytesAt(count: number, first: StagingOptions['blockBytes']): number {
	return Math.min(blockBytesAt(count, first), GUARANTEED_BYTES * growthAt(count));
}

function growthAt(count: number): number {
	return 2 ** Math.floor(count / BLOCKS_OF_ONE_SIZE);
}
