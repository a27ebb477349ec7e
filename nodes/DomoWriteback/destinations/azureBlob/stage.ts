import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { BlockBlobClient } from '@azure/storage-blob';
import { blocks } from '../blocks';
import { firstFault } from '../firstFault';

/** One block of the list: its id and size, as sent. */
export interface Block {
	readonly id: string;
	readonly bytes: number;
}

const MEBIBYTE = 1024 * 1024;

/** How many blocks are on their way at once; with the block size it bounds the memory. */
const AT_ONCE = 4;

/** A blob has 50,000 blocks at the most (learn.microsoft.com, "Scalability and performance targets for Blob storage"). */
const BLOCK_BYTES = 8 * MEBIBYTE;

/**
 * Stages all of `body` as uncommitted blocks, each with its MD5, which Azure checks before it answers. Resolves to the list in order.
 * Rejects with the first fault: the body's own, the SDK's, or `cancelled`; every request has ended by then.
 */
export async function stageBlocks(
	body: Readable,
	blob: BlockBlobClient,
	run: string,
	stopped: AbortSignal,
): Promise<Block[]> {
	const { signal, fail, forget } = firstFault(stopped);
	const list: Block[] = [];
	const underWay = new Set<Promise<void>>();
	const send = (data: Buffer) => {
		const block = { id: blockId(run, list.length), bytes: data.length };
		list.push(block);
		const sent = stage(blob, block, data, signal)
			.catch(fail)
			.finally(() => underWay.delete(sent));
		underWay.add(sent);
	};
	try {
		for await (const data of blocks(body, BLOCK_BYTES, signal)) {
			if (underWay.size >= AT_ONCE) await Promise.race(underWay);
			send(data);
		}
	} catch (fault) {
		fail(fault);
	}
	await Promise.all(underWay);
	forget();
	signal.throwIfAborted();
	return list;
}

async function stage(
	blob: BlockBlobClient,
	{ id, bytes }: Block,
	data: Buffer,
	abortSignal: AbortSignal,
): Promise<void> {
	const transactionalContentMD5 = createHash('md5').update(data).digest();
	await blob.stageBlock(id, data, bytes, { transactionalContentMD5, abortSignal });
}

/** Ids of one length, unique to this upload, so that two uploads to one blob never mix. */
function blockId(run: string, index: number): string {
	return Buffer.from(`${run}-${String(index).padStart(6, '0')}`).toString('base64');
}
