import { createHash, type Hash } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import { interruptible } from '../blocks';
import type { Body } from '../destination';
import { type FirstFault, firstFault } from '../firstFault';
import { type Loan, memory, type Share } from '../memory';
import { takeOut } from '../takeOut';
import { again, type Patience } from './again';

/** How data is cut into blocks and how many are on their way at once; `auto` suits most lines. */
export interface Staging {
	readonly blockBytes: number | 'auto';
	readonly concurrency: number | 'auto';
}

/** One block of the list: its id and size, as sent. */
export interface Block {
	readonly id: string;
	readonly bytes: number;
}

/** A body that was too small for blocks, or the list of its blocks in order. */
export type Staged =
	| { readonly kind: 'small'; readonly data: Buffer; readonly md5: Buffer }
	| { readonly kind: 'blocks'; readonly list: readonly Block[] };

const MEBIBYTE = 1024 * 1024;
const BLOCK_BYTES = 8 * MEBIBYTE;
const AT_ONCE = 5;

/** A blob has 50,000 blocks at the most (learn.microsoft.com, "Scalability and performance targets for Blob storage"); doubling after each of these makes room for 7 TiB. */
const BLOCKS_OF_ONE_SIZE = 7_000;

/** Bodies up to this go up in a single request when they are committed. */
const SMALL_BYTES = 4 * MEBIBYTE;

/**
 * Stages all of `body` as uncommitted blocks, each with its MD5, which Azure checks before it answers; a small body is only collected.
 * Rejects with the first fault: the body's own, the SDK's, or `cancelled`; every request has ended by then.
 */
export async function stage(
	body: Body,
	blob: BlockBlobClient,
	run: string,
	staging: Staging & Pick<Patience, 'idleMs'>,
	stopped: AbortSignal,
): Promise<Staged> {
	const fault = firstFault(stopped);
	const share = memory.share();
	const stager = new Stager(blob, run, staging, fault, share);
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
	private readonly underWay: Array<Promise<void>> = [];
	/** Where the current block grows; the first one only when the body turns out not to be small. */
	private loan: Loan | undefined;
	private readonly start: Buffer[] = [];
	private held = 0;
	private md5: Hash = createHash('md5');

	constructor(
		private readonly blob: BlockBlobClient,
		private readonly run: string,
		private readonly staging: Staging & Pick<Patience, 'idleMs'>,
		private readonly fault: FirstFault,
		private readonly share: Share,
	) {}

	async take(body: Body): Promise<Staged> {
		for await (const chunk of interruptible(body, this.fault.signal)) await this.add(chunk);
		if (this.loan === undefined && this.list.length === 0) {
			return { kind: 'small', data: Buffer.concat(this.start), md5: this.md5.digest() };
		}
		if (this.held > 0) await this.send();
		await this.settled();
		this.fault.signal.throwIfAborted();
		return { kind: 'blocks', list: this.list };
	}

	/** Resolves once no request is under way any more. */
	async settled(): Promise<void> {
		await Promise.all(this.underWay);
		this.loan?.release();
		this.loan = undefined;
	}

	private async add(chunk: Buffer): Promise<void> {
		const isStart = this.list.length === 0 && this.loan === undefined;
		if (isStart && this.held + chunk.length <= Math.min(SMALL_BYTES, this.blockBytes())) {
			this.start.push(Buffer.from(chunk));
			this.held += chunk.length;
			this.md5.update(chunk);
			return;
		}
		if (isStart) await this.borrow();
		for (let at = 0; at < chunk.length; ) {
			const loan = this.loan ?? (await this.borrow());
			const taken = chunk.copy(loan.buffer, this.held, at);
			// As it arrives, piece by piece: the checksum of a whole block at once would hold up n8n.
			this.md5.update(chunk.subarray(at, at + taken));
			at += taken;
			this.held += taken;
			if (this.held === loan.buffer.length) await this.send();
		}
	}

	private async borrow(): Promise<Loan> {
		const loan = await this.share.lend(this.blockBytes(), this.fault.signal);
		this.loan = loan;
		let at = 0;
		for (const part of this.start.splice(0)) at += part.copy(loan.buffer, at);
		return loan;
	}

	private blockBytes(): number {
		const first = this.staging.blockBytes === 'auto' ? BLOCK_BYTES : this.staging.blockBytes;
		return first * 2 ** Math.floor(this.list.length / BLOCKS_OF_ONE_SIZE);
	}

	private async send(): Promise<void> {
		const { signal, fail } = this.fault;
		const atOnce = this.staging.concurrency === 'auto' ? AT_ONCE : this.staging.concurrency;
		const { loan, held, md5 } = this;
		if (loan === undefined) return;
		const block = { id: blockId(this.run, this.list.length), bytes: held };
		this.list.push(block);
		this.loan = undefined;
		this.held = 0;
		this.md5 = createHash('md5');
		const checksum = { transactionalContentMD5: md5.digest() };
		const data = loan.buffer.subarray(0, held);
		const sent: Promise<void> = again(
			{ signal, idleMs: this.staging.idleMs },
			async (abortSignal) => await this.blob.stageBlock(block.id, data, held, { ...checksum, abortSignal }),
			held,
		)
			.then(() => undefined)
			.catch(fail)
			.finally(() => {
				loan.release();
				takeOut(this.underWay, sent);
			});
		this.underWay.push(sent);
		if (this.underWay.length >= atOnce) await Promise.race(this.underWay);
	}
}

/** Ids of one length, unique to this upload, so that two uploads to one blob never mix. */
function blockId(run: string, index: number): string {
	return Buffer.from(`${run}-${String(index).padStart(6, '0')}`).toString('base64');
}
