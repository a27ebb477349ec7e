import { createHash } from 'node:crypto';
import { isHashingSlow, noteHashSpeed } from './hashSpeed';
import { areThreadsAllowed, type HashingThread, startHashingThread } from './hashingThread';
import { HashingThreadLost } from './hashingThreadLost';
import { SharedBlocks } from './sharedBlocks';

/*
 * How it works. Every file is hashed in place at first, and timed. Where that is slow and there is another core, its first 8 MiB are also
 * copied into memory that two threads see. A file that is larger than that gets a thread, which begins with the copy; hashing in place ends
 * only once the thread has answered, so a thread that is refused or doesn't start costs nothing but the wait for it. From there on the
 * state of the hash is the thread's alone, and is lost with it.
 */

/** Files whose start is copied, at any one time. */
const MOST_COPIES = 4;

let copies = 0;

/** The SHA-256 of a stream: in place, or in a thread where the machine is better off with it. */
export class Sha256 {
	private readonly inPlace = createHash('sha256');
	private blocks: SharedBlocks | undefined;
	private thread: HashingThread | undefined;
	private isHandedOver = false;
	/** Whether it has taken in a chunk, or was ended before. */
	private isBegun = false;

	/** Takes in `chunk`; its memory may be used again afterwards: at once where nothing is returned. Rejects with `HashingThreadLost`. */
	update(chunk: Buffer): Promise<void> | undefined {
		if (!this.isBegun) this.begin();
		if (!this.isHandedOver) this.hashInPlace(chunk);
		const copied = this.blocks?.copy(chunk, 0) ?? chunk.length;
		return copied === chunk.length ? undefined : this.copyRest(chunk, copied);
	}

	private async copyRest(chunk: Buffer, copied: number): Promise<void> {
		for (let offset = copied; this.blocks !== undefined && offset < chunk.length; ) {
			await this.makeRoom();
			offset += this.blocks?.copy(chunk, offset) ?? 0;
		}
	}

	/** Resolves to the digest in lower-case hex. Call it once, after the last chunk. Rejects with `HashingThreadLost`. */
	async digest(): Promise<string> {
		if (!this.isHandedOver) return this.inPlace.digest('hex');
		if (this.thread === undefined) throw new HashingThreadLost();
		return await this.thread.digest();
	}

	/** Gives back the memory, and ends the thread and all that waits for it. Can be called at any time, and again. */
	end(): void {
		this.isBegun = true;
		if (this.blocks !== undefined) copies -= 1;
		this.thread?.end();
		[this.blocks, this.thread] = [undefined, undefined];
	}

	/** Only with the first chunk: a stream that nothing reads is never ended either, and would keep its place among the copies. */
	private begin(): void {
		this.isBegun = true;
		if (copies >= MOST_COPIES || isHashingSlow() === false || !areThreadsAllowed()) return;
		copies += 1;
		this.blocks = new SharedBlocks();
	}

	private hashInPlace(chunk: Buffer): void {
		const startedAt = performance.now();
		this.inPlace.update(chunk);
		noteHashSpeed(chunk.length, performance.now() - startedAt);
		if (isHashingSlow() === false) this.end();
	}

	/** Waits for the thread, and starts it first; leaves it where that fails. */
	private async makeRoom(): Promise<void> {
		if (this.isHandedOver) return await this.thread?.room();
		const { blocks } = this;
		if (blocks !== undefined && isHashingSlow() === true) this.thread = startHashingThread(blocks);
		this.isHandedOver = await (this.thread?.started() ?? Promise.reject()).then(
			() => true,
			() => false,
		);
		if (!this.isHandedOver) this.end();
	}
}
