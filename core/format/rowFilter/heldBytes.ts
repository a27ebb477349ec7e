/** Bytes in a row, added at the end and dropped from the front, in one piece of memory that is used again. */
export class HeldBytes {
	private memory: Buffer;
	private from = 0;
	private to = 0;

	/** Room for so many bytes to begin with. */
	constructor(size: number) {
		this.memory = Buffer.allocUnsafeSlow(size);
	}

	get length(): number {
		return this.to - this.from;
	}

	/** A copy is made: the piece may be gone by the time it is read. What `all` returned before is no longer valid. */
	add(piece: Buffer): void {
		const { memory, from, to, length } = this;
		if (length + piece.length > memory.length) this.memory = Buffer.allocUnsafeSlow(2 * (length + piece.length));
		memory.copy(this.memory, 0, from, to);
		piece.copy(this.memory, length);
		[this.from, this.to] = [0, length + piece.length];
	}

	/** Valid until more is added. */
	all(): Buffer {
		return this.memory.subarray(this.from, this.to);
	}

	drop(count: number): void {
		this.from += count;
	}
}
