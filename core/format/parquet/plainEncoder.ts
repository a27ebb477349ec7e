/** Longer text is left to Node; for shorter text the way there costs more than a loop. */
const SHORT_CHARACTERS = 32;

const WORD = 2 ** 32;

/** Values in Parquet's PLAIN encoding, one after the other (parquet-format, Encodings.md). */
export class PlainEncoder {
	length = 0;
	private bytes = Buffer.allocUnsafeSlow(1024);
	private view = viewOf(this.bytes);

	/** What has been written; valid until the next write. */
	written(): Buffer {
		return this.bytes.subarray(0, this.length);
	}

	clear(): void {
		this.length = 0;
	}

	/** A copy of values that are encoded already. */
	append(source: Buffer, from: number, to: number): void {
		this.reserve(to - from);
		source.copy(this.bytes, this.length, from, to);
		this.length += to - from;
	}

	/** BYTE_ARRAY: UTF-8 behind its length. */
	text(text: string): void {
		this.reserve(4 + 3 * text.length);
		const start = this.length + 4;
		const size = this.ascii(text, start) ? text.length : this.bytes.write(text, start, 'utf8');
		this.view.setUint32(this.length, size, true);
		this.length = start + size;
	}

	int32(value: number): void {
		this.reserve(4);
		this.view.setInt32(this.length, value, true);
		this.length += 4;
	}

	/** INT64 from a safe integer or a BigInt. */
	int64(value: number | bigint): void {
		this.reserve(8);
		if (typeof value === 'bigint') this.view.setBigInt64(this.length, value, true);
		else {
			this.view.setUint32(this.length, value % WORD, true);
			this.view.setInt32(this.length + 4, Math.floor(value / WORD), true);
		}
		this.length += 8;
	}

	double(value: number): void {
		this.reserve(8);
		this.view.setFloat64(this.length, value, true);
		this.length += 8;
	}

	/** FIXED_LEN_BYTE_ARRAY(16): a big-endian integer of 128 bits from its words, the lowest first. */
	int128(words: Uint32Array): void {
		this.reserve(16);
		for (let index = 0; index < 4; index++) this.view.setUint32(this.length + 12 - 4 * index, words[index] ?? 0);
		this.length += 16;
	}

	private ascii(text: string, start: number): boolean {
		if (text.length > SHORT_CHARACTERS) return false;
		for (let index = 0; index < text.length; index++) {
			const code = text.charCodeAt(index);
			if (code > 0x7f) return false;
			this.bytes[start + index] = code;
		}
		return true;
	}

	private reserve(more: number): void {
		if (this.length + more <= this.bytes.length) return;
		const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.length + more));
		this.bytes.copy(larger, 0, 0, this.length);
		this.bytes = larger;
		this.view = viewOf(larger);
	}
}

function viewOf(bytes: Buffer): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
