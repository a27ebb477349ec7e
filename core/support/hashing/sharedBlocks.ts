const BLOCK_BYTES = 256 * 1024;
const MOST_BLOCKS = 32;

/** A stream, copied into at most 8 MiB of memory that two threads see. Blocks are made as they are needed, and filled again once they are released. */
export class SharedBlocks {
	private readonly free: Buffer[] = [];
	/** In order, until they are released. */
	private readonly filled: Buffer[] = [];
	private current: Buffer | undefined;
	private held = 0;
	private receive: ((block: Uint8Array) => void) | undefined;

	get isFull(): boolean {
		return this.filled.length === MOST_BLOCKS;
	}

	/** Copies `chunk` from `offset` on; returns the number of bytes that there was room for. */
	copy(chunk: Buffer, offset: number): number {
		let position = offset;
		while (position < chunk.length && !this.isFull) {
			this.current ??= this.free.pop() ?? Buffer.from(new SharedArrayBuffer(BLOCK_BYTES));
			const taken = chunk.copy(this.current, this.held, position);
			position += taken;
			this.held += taken;
			if (this.held === BLOCK_BYTES) this.flush();
		}
		return position - offset;
	}

	/** Passes on what is copied so far. */
	flush(): void {
		if (this.current === undefined) return;
		const block = this.current.subarray(0, this.held);
		[this.current, this.held] = [undefined, 0];
		this.filled.push(block);
		this.receive?.(block);
	}

	/** Passes on what is filled, and what is filled from now on. */
	sendTo(receive: (block: Uint8Array) => void): void {
		this.receive = receive;
		this.filled.forEach(receive);
	}

	/** The receiver has read the oldest block. */
	release(): void {
		const block = this.filled.shift();
		if (block?.length === BLOCK_BYTES) this.free.push(block);
	}
}
