import { HEADER_BYTES } from '../ssh2Internals';
import type { HandleProvider, WriteHandle, Written } from './writeHandle';
import { saysFull } from '../statusErrors';
import { HandleWorker, type PlacedBlock } from './writeHandleWorker';
import { type FirstError, firstError, onAbort } from '../../../support/abort';
import type { ByteStream } from '../../../support/byteStream';
import { type Block, rechunk } from '../../../support/rechunk';
import { removeItem } from '../../../support/removeItem';

/*
 * How a file is written. The body is cut into blocks in pooled memory; each goes out as one WRITE request at its own offset, by the worker
 * that has the least under way. A worker stands for one handle on one channel. The first one made the file; more are opened once it is full,
 * because one channel carries a window per round trip. A lost connection gives its unacknowledged blocks back to the queue, and a new handle
 * goes on. A write that the server refuses to a second handle is no verdict on the file: the first handle sends it again, in order. Memory is
 * bounded by the pool: a block is released when its write is acknowledged. What was sent is proven afterwards (verify/verifyPartFile.ts).
 */

/** Bytes under way on one handle: OpenSSH lets 2 MiB wait in a channel, and something must be ready when it asks for more. */
const HANDLE_BYTES = 3 * 1024 * 1024;

/**
 * Writes all of `body` to an open part file, many requests under way at once. When a connection is lost, what it had not
 * acknowledged is sent again by another; the body waits meanwhile. What the server refuses a second handle is sent again, in order, by
 * the handle that made the file. Rejects with the first fault: the body's own, the server's status, a connection that stays lost, or
 * `cancelled`.
 */
export async function writePipelined(
	body: ByteStream,
	provider: HandleProvider,
	stopped: AbortSignal,
): Promise<Written> {
	const fault = firstError(stopped);
	try {
		return await new PipelinedWriter(provider, fault).write(body);
	} finally {
		fault.stopListening();
	}
}

class PipelinedWriter {
	private readonly workers: HandleWorker[];
	/** Read, or lost on their way, and not sent since. */
	private readonly queue: PlacedBlock[] = [];
	private growing: Promise<void> | undefined;
	private mayGrow = true;
	/** Whether the file was to be opened a second time, answered or not: some servers give up the first handle for it. */
	private isOpenedAgain = false;
	private severalHandles = false;
	/** Bytes up to the end of the last block that is acknowledged. */
	private stored = 0;
	/** What a second handle was refused. Until all that is under way is answered, nothing is sent; then the first handle goes on alone. */
	private refusal: { readonly fault: unknown } | undefined;
	private isFirstAlone = false;
	/** The first loss since the last acknowledgement, and when it was. */
	private loss: { readonly fault: unknown; readonly at: number } | undefined;
	private wake = (): void => undefined;

	constructor(
		private readonly provider: HandleProvider,
		private readonly fault: FirstError,
	) {
		this.workers = [new HandleWorker(provider.first)];
		onAbort(fault.signal, () => this.wake());
	}

	async write(body: ByteStream): Promise<Written> {
		let bytes = 0;
		const { first, owner } = this.provider;
		const regrouping = { header: HEADER_BYTES, ...(owner && { owner }) };
		const source = rechunk(body, first.channel.maxWriteBytes, this.fault.signal, regrouping);
		try {
			for (let next = await this.next(source); next.done !== true; next = await this.next(source)) {
				const block = next.value;
				this.provider.onBlock(bytes, block.data);
				this.queue.push({ ...block, offset: bytes });
				bytes += block.data.length;
				await this.pump(() => this.queue.length === 0);
			}
			const [only, more] = this.workers;
			if (only !== undefined && more === undefined && this.growing === undefined)
				this.provider.onLastWriteSent(only.writeHandle);
			await this.pump(() => this.queue.length === 0 && this.isAnswered());
		} finally {
			await source.return(undefined).catch(() => undefined);
			await this.growing;
			this.forgetBlocks();
		}
		return { bytes, open: this.workers.map(({ writeHandle }) => writeHandle), severalHandles: this.severalHandles };
	}

	/** The next block. What a lost connection leaves behind is sent again meanwhile: the memory that the block waits for may be that. */
	private async next(source: AsyncGenerator<Block>): Promise<IteratorResult<Block>> {
		let isThere = false;
		const next = source.next().finally(() => {
			isThere = true;
			this.wake();
		});
		next.catch(() => undefined);
		try {
			while (!isThere) {
				if (this.queue.length > 0) await this.pump(() => isThere || this.queue.length === 0);
				else await this.woken();
			}
		} catch (fault) {
			this.fault.fail(fault);
			throw fault;
		}
		return await next;
	}

	private async woken(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.wake = resolve;
		});
	}

	/** Sends what is queued until `done` says so. */
	private async pump(done: () => boolean): Promise<void> {
		for (;;) {
			this.fault.signal.throwIfAborted();
			if (this.refusal !== undefined && this.isAnswered()) this.leaveFirstAlone(this.refusal.fault);
			if (this.workers.length === 0) await this.reopen();
			if (this.refusal === undefined) this.sendWhatFits();
			if (done()) return;
			if (this.queue.length > 0) this.grow();
			await this.woken();
		}
	}

	private isAnswered(): boolean {
		return this.workers.every(({ isIdle }) => isIdle);
	}

	private async reopen(): Promise<void> {
		// A server that takes connections and answers nothing would be tried for ever.
		if (this.loss !== undefined && performance.now() - this.loss.at > this.provider.reconnectTimeoutMs)
			throw this.loss.fault;
		this.add(await this.provider.reopen(() => this.stored, this.loss?.fault, this.fault.signal));
	}

	/** Puts a second handle to work. */
	private add(writeHandle: WriteHandle): void {
		this.severalHandles = true;
		writeHandle.seesFile.catch((fault: unknown) => {
			if (!writeHandle.isLost()) this.fault.fail(fault);
		});
		this.workers.push(new HandleWorker(writeHandle));
	}

	private sendWhatFits(): void {
		for (;;) {
			const [freest] = this.workers.toSorted((a, b) => a.bytes - b.bytes);
			if (freest === undefined || freest.bytes >= HANDLE_BYTES) return;
			const block = this.queue.shift();
			if (block === undefined) return;
			this.send(freest, block);
		}
	}

	private send(worker: HandleWorker, block: PlacedBlock): void {
		worker
			.send(block)
			.then(() => {
				this.stored = Math.max(this.stored, block.offset + block.data.length);
				this.loss = undefined;
				this.wake();
			})
			.catch((reason: unknown) =>
				worker.writeHandle.isLost() ? this.onWorkerLost(worker, reason) : this.refuse(worker, block, reason),
			);
	}

	/** Gives the memory of what was not acknowledged back: there is none after a success. */
	private forgetBlocks(): void {
		for (const worker of this.workers) this.queue.push(...worker.takeAllBack());
		for (const { release } of this.queue.splice(0)) release();
	}

	private onWorkerLost(worker: HandleWorker, fault: unknown): void {
		const index = this.workers.indexOf(worker);
		if (index < 0) return;
		this.loss ??= { fault, at: performance.now() };
		this.workers.splice(index, 1);
		this.queue.unshift(...worker.takeAllBack());
		this.wake();
	}

	/** With a single handle a refused write is the server's verdict. With several, or one more that was asked for, it says as much about the handles: object stores take writes in order only. */
	private refuse(worker: HandleWorker, block: PlacedBlock, fault: unknown): void {
		const isOfFile = (!this.severalHandles && !this.isOpenedAgain) || saysFull(fault);
		if (isOfFile) return this.fault.fail(fault);
		const unable = this.provider.onSecondHandleRefused(fault);
		if (this.isFirstAlone) return this.fault.fail(unable);
		this.refusal ??= { fault: unable };
		this.mayGrow = false;
		if (worker.takeBack(block)) this.queue.push(block);
		this.wake();
	}

	/** Gives up all handles but the one that made the file. */
	private leaveFirstAlone(unable: unknown): void {
		const others = this.workers.filter(({ writeHandle }) => !writeHandle.isFirst);
		if (others.length === this.workers.length) throw unable;
		for (const worker of others) {
			removeItem(this.workers, worker);
			worker.writeHandle.close().then(worker.writeHandle.release, worker.writeHandle.release);
		}
		this.queue.sort((a, b) => a.offset - b.offset);
		this.isFirstAlone = true;
		this.refusal = undefined;
	}

	/** Opens the other handles, all in the background, once what there is is full: one after the other would take many round trips. */
	private grow(): void {
		const missing = this.mayGrow ? this.provider.most() - this.workers.length : 0;
		if (this.growing !== undefined || missing < 1) return;
		this.isOpenedAgain = true;
		const opened = Array.from({ length: missing }, async () => {
			const writeHandle = await this.provider.openAnother(() => this.stored, this.fault.signal);
			this.severalHandles = true;
			if (this.mayGrow) this.add(writeHandle);
			else writeHandle.close().then(writeHandle.release, writeHandle.release);
			this.wake();
		});
		this.growing = Promise.allSettled(opened).then((outcomes) => {
			// Where the server allows no more, what there is has to do.
			this.mayGrow &&= outcomes.every(({ status }) => status === 'fulfilled');
			this.growing = undefined;
		});
	}
}
