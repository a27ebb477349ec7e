import { createHash } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import { azureCode } from './azureErrors';
import { areUnsafe, type BlockIds, blockIdsLike, blockIdsOf } from './blockIds';
import { retryRequest, type RetryOptions } from './retryRequest';
import { WritebackError } from '../../support/errors';

/** A block that Azure has stored. */
export interface StoredBlock {
	readonly id: string;
	/** Whether Azure has told the checksum of what it stored, and it is that of what was sent. */
	readonly isConfirmed: boolean;
}

/** Stages the blocks of one upload. */
export interface BlockSender {
	/** Rejects with the SDK's fault, or `incomplete` when Azure stored something else. */
	put(data: Buffer, md5: Buffer): Promise<StoredBlock>;
	/** Whether another tool's blocks may have taken the place of these. */
	areUnsafe(): boolean;
}

/** What Azure says to an ID whose length is another than that of the blocks which wait under the name (learn.microsoft.com, "Put Block"). */
const OTHER_LENGTH = new Set(['InvalidBlobOrBlock', 'InvalidBlockId']);

const LONGEST_ID = 64;

/**
 * Sends blocks under IDs of this upload alone. Where blocks of another tool wait under the name, with IDs of another length, this upload
 * takes IDs of their length: only publishing a blob would clear them away, and the target stays as it is until all is there.
 */
export function blockSender(blob: BlockBlobClient, run: string, canRead: boolean, retry: RetryOptions): BlockSender {
	const own = blockIdsOf(run);
	let ids = own;
	let isOwnAccepted = false;
	let adapting: Promise<void> | undefined;

	const stage = async (id: string, data: Buffer, md5: Buffer) =>
		await retryRequest(
			retry,
			async (abortSignal) =>
				await blob.stageBlock(id, data, data.length, { transactionalContentMD5: md5, abortSignal }),
			data.length,
		);

	async function adapt(refused: unknown): Promise<void> {
		const like = canRead ? await lengthThere(blob, retry) : await lengthTaken(ids, stage);
		if (like === undefined || like.bytes === ids.bytes) throw refused;
		ids = like;
	}

	async function put(data: Buffer, md5: Buffer): Promise<StoredBlock> {
		const used = ids;
		const id = used.next();
		try {
			const { contentMD5 } = await stage(id, data, md5);
			if (used === own) isOwnAccepted = true;
			return { id, isConfirmed: isConfirmed(contentMD5, md5) };
		} catch (fault) {
			// Where some were accepted their length was right, and somebody else has published meanwhile.
			if (used !== own || isOwnAccepted || !OTHER_LENGTH.has(azureCode(fault))) throw fault;
			await (adapting ??= adapt(fault));
			return await put(data, md5);
		}
	}

	return { put, areUnsafe: () => areUnsafe(ids) };
}

/** IDs like those of the blocks that wait under the name, or make up the blob. */
async function lengthThere(blob: BlockBlobClient, retry: RetryOptions): Promise<BlockIds | undefined> {
	const list = retryRequest(retry, async (abortSignal) => await blob.getBlockList('all', { abortSignal }));
	const lists = await list.catch((fault: unknown): Partial<Awaited<typeof list>> => {
		if (azureCode(fault) === 'BlobNotFound') return {};
		throw fault;
	});
	const names = [...(lists.uncommittedBlocks ?? []), ...(lists.committedBlocks ?? [])].map(({ name }) => name);
	const [first] = names;
	return first === undefined ? undefined : blockIdsLike(Buffer.from(first, 'base64').length, new Set(names));
}

/** Found out by trying, for a SAS that may not read: with a block of one byte, which is never published. */
async function lengthTaken(
	{ bytes: refused }: BlockIds,
	stage: (id: string, data: Buffer, md5: Buffer) => Promise<unknown>,
): Promise<BlockIds | undefined> {
	const data = Buffer.alloc(1);
	const md5 = createHash('md5').update(data).digest();
	for (let bytes = LONGEST_ID; bytes > 0; bytes--) {
		if (bytes === refused) continue;
		const ids = blockIdsLike(bytes, new Set());
		try {
			await stage(ids.next(), data, md5);
			return ids;
		} catch (fault) {
			if (!OTHER_LENGTH.has(azureCode(fault))) throw fault;
		}
	}
	return undefined;
}

function isConfirmed(stored: Uint8Array | undefined, sent: Buffer): boolean {
	const answer = compareMd5(stored, sent);
	if (answer !== 'other') return answer === 'same';
	throw new WritebackError('incomplete', 'Azure stored a block that differs from what was sent', {
		hint: 'The target is unchanged. Try again. If it happens again, look for a proxy between n8n and Azure that changes data.',
	});
}

/** What Azure says it holds, beside what was sent; `unknown` when it does not say. */
export function compareMd5(stored: Uint8Array | undefined, sent: Buffer): 'same' | 'other' | 'unknown' {
	if (stored === undefined || stored.length === 0) return 'unknown';
	return sent.equals(stored) ? 'same' : 'other';
}
