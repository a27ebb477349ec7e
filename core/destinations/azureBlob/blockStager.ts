import type { BlockBlobClient } from '@azure/storage-blob';
import type { Staging } from './account';
import { blockBytesAt, leastBytesAt } from './blockSizes';
import { Checksums } from './checksums';
import { type BlockSender, blockSender } from './putBlock';
import type { Block, Staged } from './stagedData';
import { type FirstFault, firstFault, interruptible } from '../../support/abort';
import type { Body } from '../../support/byteStream';
import { fairBudgetOf, type Grant, type Owner } from '../../support/fairSemaphore';
import { type Loan, memory, type Share } from '../../support/memory/bufferPool';
import { takeOut } from '../../support/removeItem';

const MEBIBYTE = 1024 * 1024;
const AT_ONCE = 5;

/** Bodies up to this go up in a single request when they are committed, while there is room to keep them until then. */
const SMALL_BYTES = 4 * MEBIBYTE;
const smallBodies = fairBudgetOf({ capacity: 48 * MEBIBYTE, guaranteed: 0 });

/**
 * Stages all of `body` as uncommitted blocks, each with its MD5, which Azure checks before it answers; a small body is only collected.
 * Rejects with the first fault: the body's own, the SDK's, or `cancelled`; every request has ended by then.
 */
export async function stage(
	body: Body,
	blob: BlockBlobClient,
	run: string,
	options: StageOptions,
	stopped: AbortSignal,
): Promise<Staged> {
	const fault = firstFault(stopped);
	const share = memory.share(options.owner);
	const patience = { signal: fault.signal, idleMs: options.idleMs };
	const stager = new Stager(blockSender(blob, run, options.canRead, patience), options, fault, share);
	try {
		return await stager.take(body);
	} catch (reason) {
		fault.fail(reason);
		await stager.settled();
		throw fault.signal.reason;
	} finally {
		share.end();
		fault.forget();
	}
}

class Stager {
	private readonly list: Block[] = [];
	/** Blocks that were sent, whether they are stored already or not. */
	private count = 0;
	private readonly underWay: Array<Promise<void>> = [];
	/** Where the current block grows. */
	private loan: Loan | undefined;
	private held = 0;
	private sums: Checksums;

	constructor(
		private readonly sender: BlockSender,
		private readonly options: StageOptions,
		private readonly fault: FirstFault,
		private readonly share: Share,
	) {
		this.sums = new Checksums(options.withSha256);
	}

	async take(body: Body): Promise<Staged> {
		for await (const chunk of interruptible(body, this.fault.signal)) await this.add(chunk);
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

	private async small({ giveBack }: Grant): Promise<Staged> {
		const data = Buffer.from(this.loan?.buffer.subarray(0, this.held) ?? []);
		await this.settled();
		return { kind: 'small', data, md5: this.sums.digest().md5, release: giveBack };
	}

	/** Resolves once no request is under way any more. */
	async settled(): Promise<void> {
		await Promise.all(this.underWay);
		this.loan?.release();
		this.loan = undefined;
	}

	private async add(chunk: Buffer): Promise<void> {
		for (let at = 0; at < chunk.length; ) {
			const loan = this.loan ?? (await this.borrow());
			const taken = chunk.copy(loan.buffer, this.held, at);
			// As it arrives, piece by piece: the checksum of a whole block at once would hold up n8n.
			this.sums.update(chunk.subarray(at, at + taken));
			at += taken;
			this.held += taken;
			if (this.held === loan.buffer.length && !this.grow(loan)) await this.send();
		}
	}

	/** Starts with little, which never waits: most files have no more. */
	private async borrow(): Promise<Loan> {
		const [bytes, least] = [this.blockBytes(), leastBytesAt(this.count, this.options.blockBytes)];
		this.loan = await this.share.lend(this.count === 0 ? least : bytes, this.fault.signal, least);
		return this.loan;
	}

	/** Moves the start of the body to a block of full size; false when it is one already, or there is no room for one. */
	private grow(start: Loan): boolean {
		const bytes = this.blockBytes();
		const larger = this.count === 0 && start.buffer.length < bytes ? this.share.tryLend(bytes) : undefined;
		if (larger === undefined) return false;
		start.buffer.copy(larger.buffer);
		start.release();
		this.loan = larger;
		return true;
	}

	private blockBytes(): number {
		return blockBytesAt(this.count, this.options.blockBytes);
	}

	private async send(): Promise<void> {
		const atOnce = this.options.concurrency === 'auto' ? AT_ONCE : this.options.concurrency;
		const { loan, held, sums, count } = this;
		if (loan === undefined) return;
		this.count += 1;
		this.loan = undefined;
		this.held = 0;
		this.sums = new Checksums(this.options.withSha256);
		const block = { bytes: held, ...sums.digest() };
		const sent: Promise<void> = this.sender
			.put(loan.buffer.subarray(0, held), block.md5)
			.then((stored) => void (this.list[count] = { ...block, ...stored }))
			.catch(this.fault.fail)
			.finally(() => {
				loan.release();
				takeOut(this.underWay, sent);
			});
		this.underWay.push(sent);
		if (this.underWay.length >= atOnce) await Promise.race(this.underWay);
	}
}

/** How a body is staged. */
export interface StageOptions extends Staging {
	/** The execution whose share of the memory it takes. */
	readonly owner?: Owner;
	/** Ends one request that is not answered. */
	readonly idleMs: number;
	/** Whether the SAS may look at what Azure holds. */
	readonly canRead: boolean;
	/** Also makes the SHA-256 of each block. */
	readonly withSha256: boolean;
}
