import type { BlockBlobClient } from '@azure/storage-blob';
import type { StagingOptions } from './account';
import { blockBytesAt, leastBytesAt } from './blockSizes';
import { Checksums } from './checksums';
import { type BlockSender, blockSender } from './putBlock';
import type { StagedBlock, StagedData } from './stagedData';
import { type FirstError, firstError, abortable } from '../../support/abort';
import type { ByteStream } from '../../support/byteStream';
import { createFairSemaphore, type Grant, type Owner } from '../../support/fairSemaphore';
import { type PooledBuffer, bufferPool, type PoolShare } from '../../support/bufferPool';
import { ContentMac } from '../../support/hashing/contentMac';
import { removeItem } from '../../support/removeItem';

const MEBIBYTE = 1024 * 1024;
const AT_ONCE = 5;

/** Bodies up to this go up in a single request when they are committed, while there is room to keep them until then. */
const SMALL_BYTES = 4 * MEBIBYTE;
const smallBodies = createFairSemaphore({ capacity: 48 * MEBIBYTE, guaranteed: 0 });

/**
 * Stages all of `body` as uncommitted blocks, each with its MD5, which Azure checks before it answers; a small body is only collected.
 * Rejects with the first fault: the body's own, the SDK's, or `cancelled`; every request has ended by then.
 */
export async function stageBlocks(
	body: ByteStream,
	blob: BlockBlobClient,
	run: string,
	options: StageBlocksOptions,
	stopped: AbortSignal,
): Promise<StagedData> {
	const fault = firstError(stopped);
	const poolShare = bufferPool.openShare(options.owner);
	const retry = { signal: fault.signal, idleMs: options.idleMs };
	const stager = new Stager(blockSender(blob, run, options.canRead, retry), options, fault, poolShare);
	try {
		return await stager.run(body);
	} catch (reason) {
		fault.fail(reason);
		await stager.settled();
		throw fault.signal.reason;
	} finally {
		poolShare.end();
		fault.stopListening();
	}
}

class Stager {
	private readonly list: StagedBlock[] = [];
	/** Blocks that were sent, whether they are stored already or not. */
	private count = 0;
	private readonly inFlight: Array<Promise<void>> = [];
	/** Where the current block grows. */
	private pooled: PooledBuffer | undefined;
	private held = 0;
	/** Its key is that of all blocks; undefined where nothing is read back. */
	private readonly mac: ContentMac | undefined;
	private sums: Checksums;

	constructor(
		private readonly sender: BlockSender,
		private readonly options: StageBlocksOptions,
		private readonly fault: FirstError,
		private readonly poolShare: PoolShare,
	) {
		this.mac = options.readsBack ? new ContentMac() : undefined;
		this.sums = new Checksums(this.mac?.again());
	}

	async run(body: ByteStream): Promise<StagedData> {
		for await (const chunk of abortable(body, this.fault.signal)) await this.add(chunk);
		const kept = this.count === 0 && this.held <= SMALL_BYTES ? this.keep() : undefined;
		if (kept !== undefined) return await this.small(kept);
		if (this.held > 0) await this.send();
		await this.settled();
		this.fault.signal.throwIfAborted();
		return { kind: 'blocks', list: this.list, areUnsafe: this.sender.areUnsafe() };
	}

	/** Room for a small body until it is committed; undefined when there is none. */
	private keep(): Grant | undefined {
		return smallBodies.account(this.options.owner ?? {}).tryTake(this.held);
	}

	private async small({ giveBack }: Grant): Promise<StagedData> {
		const data = Buffer.from(this.pooled?.buffer.subarray(0, this.held) ?? []);
		await this.settled();
		return { kind: 'small', data, md5: this.sums.digest().md5, release: giveBack };
	}

	/** Resolves once no request is under way any more. */
	async settled(): Promise<void> {
		await Promise.all(this.inFlight);
		this.pooled?.release();
		this.pooled = undefined;
	}

	private async add(chunk: Buffer): Promise<void> {
		for (let offset = 0; offset < chunk.length; ) {
			const pooled = this.pooled ?? (await this.acquire());
			const taken = chunk.copy(pooled.buffer, this.held, offset);
			// As it arrives, piece by piece: the checksum of a whole block at once would hold up n8n.
			this.sums.update(chunk.subarray(offset, offset + taken));
			offset += taken;
			this.held += taken;
			if (this.held === pooled.buffer.length && !this.grow(pooled)) await this.send();
		}
	}

	/** Starts with little, which never waits: most files have no more. */
	private async acquire(): Promise<PooledBuffer> {
		const [bytes, least] = [this.blockBytes(), leastBytesAt(this.count, this.options.blockBytes)];
		this.pooled = await this.poolShare.acquire(this.count === 0 ? least : bytes, this.fault.signal, least);
		return this.pooled;
	}

	/** Moves the start of the body to a block of full size; false when it is one already, or there is no room for one. */
	private grow(start: PooledBuffer): boolean {
		const bytes = this.blockBytes();
		const larger = this.count === 0 && start.buffer.length < bytes ? this.poolShare.tryLend(bytes) : undefined;
		if (larger === undefined) return false;
		start.buffer.copy(larger.buffer);
		start.release();
		this.pooled = larger;
		return true;
	}

	private blockBytes(): number {
		return blockBytesAt(this.count, this.options.blockBytes);
	}

	private async send(): Promise<void> {
		const atOnce = this.options.concurrency === 'auto' ? AT_ONCE : this.options.concurrency;
		const { pooled, held, sums, count } = this;
		if (pooled === undefined) return;
		this.count += 1;
		this.pooled = undefined;
		this.held = 0;
		this.sums = new Checksums(this.mac?.again());
		const block = { bytes: held, ...sums.digest() };
		const sent: Promise<void> = this.sender
			.put(pooled.buffer.subarray(0, held), block.md5)
			.then((stored) => void (this.list[count] = { ...block, ...stored }))
			.catch(this.fault.fail)
			.finally(() => {
				pooled.release();
				removeItem(this.inFlight, sent);
			});
		this.inFlight.push(sent);
		if (this.inFlight.length >= atOnce) await Promise.race(this.inFlight);
	}
}

/** How a body is staged. */
export interface StageBlocksOptions extends StagingOptions {
	/** The execution whose share of the memory it takes. */
	readonly owner?: Owner;
	/** Ends one request that is not answered. */
	readonly idleMs: number;
	/** Whether the SAS may look at what Azure holds. */
	readonly canRead: boolean;
	/** Whether the blob is to be read back. */
	readonly readsBack: boolean;
}
