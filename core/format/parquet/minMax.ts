/** Whether the value in `a` from `i` to `iEnd` stands before the one in `b`; the order Parquet prescribes for its type. */
export type Comparator = (a: Buffer, i: number, iEnd: number, b: Buffer, j: number, jEnd: number) => boolean;

export const int32Before: Comparator = (a, i, _iEnd, b, j) => a.readInt32LE(i) < b.readInt32LE(j);

export const int64Before: Comparator = (a, i, _iEnd, b, j) => {
	const high = a.readInt32LE(i + 4) - b.readInt32LE(j + 4);
	return high < 0 || (high === 0 && a.readUInt32LE(i) < b.readUInt32LE(j));
};

export const doubleBefore: Comparator = (a, i, _iEnd, b, j) => a.readDoubleLE(i) < b.readDoubleLE(j);

/** Unsigned bytes; also the order of UTF-8. */
export const bytesBefore: Comparator = (a, i, iEnd, b, j, jEnd) => {
	while (i < iEnd && j < jEnd && a[i] === b[j]) {
		i += 1;
		j += 1;
	}
	return j < jEnd && (i === iEnd || (a[i] ?? 0) < (b[j] ?? 0));
};

/** Big-endian two's complement. */
export const signedBytesBefore: Comparator = (a, i, iEnd, b, j, jEnd) => {
	const high = a.readInt8(i) - b.readInt8(j);
	return high < 0 || (high === 0 && bytesBefore(a, i, iEnd, b, j, jEnd));
};

/** Where a value stands. */
interface Place {
	readonly bytes: Buffer;
	readonly start: number;
	readonly end: number;
}

/** The least and the greatest value of a column chunk. */
export class MinMaxStatistics {
	private least: Place | undefined;
	private most: Place | undefined;

	constructor(
		private readonly before: Comparator,
		/** Bytes of a value; undefined where each has its length in front of it. */
		private readonly width: number | undefined,
	) {}

	get min(): Buffer | undefined {
		return this.least?.bytes;
	}

	get max(): Buffer | undefined {
		return this.most?.bytes;
	}

	/** Takes in values in PLAIN encoding. Copies what it keeps. */
	include(plain: Buffer): void {
		const before = this.before;
		let { least, most } = this;
		for (let offset = 0; offset < plain.length; ) {
			const start = this.width === undefined ? offset + 4 : offset;
			const end = start + (this.width ?? plain.readUInt32LE(offset));
			offset = end;
			if (least === undefined || before(plain, start, end, least.bytes, least.start, least.end))
				least = { bytes: plain, start, end };
			if (most === undefined || before(most.bytes, most.start, most.end, plain, start, end))
				most = { bytes: plain, start, end };
		}
		this.least = least && kept(least);
		this.most = most && kept(most);
	}
}

function kept({ bytes, start, end }: Place): Place {
	return { bytes: Buffer.from(bytes.subarray(start, end)), start: 0, end: end - start };
}
