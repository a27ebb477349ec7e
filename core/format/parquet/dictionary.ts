import type { ParquetColumnType } from './columnTypes';
import { PlainEncoder } from './plainEncoder';

/** More than this would take indexes of three bytes. */
const MOST_ENTRIES = 65_535;
/** After so many values it shows whether values repeat. */
const SAMPLE = 4_096;
const SAMPLE_NEW = 0.7;
/** What a text and its number take in a Map, about; the text's own characters come on top. */
const ENTRY_BYTES = 64;

/** The different values of a column chunk, numbered by the text they came as. */
export class Dictionary {
	/** In PLAIN encoding, one after the other. */
	readonly plain = new PlainEncoder();
	private readonly numbers = new Map<string, number>();
	private readonly ends: number[] = [0];

	constructor(
		private readonly kind: ParquetColumnType,
		private readonly mostBytes: number,
	) {}

	get size(): number {
		return this.numbers.size;
	}

	/** Memory, about. */
	get held(): number {
		return this.size * ENTRY_BYTES + 2 * this.plain.length;
	}

	/** Bits of the greatest number. */
	get bitWidth(): number {
		return this.size < 2 ? 0 : 32 - Math.clz32(this.size - 1);
	}

	/** Whether it has stopped paying: too large, or too few of the chunk's first `values` were seen before. */
	shouldAbandon(values: number): boolean {
		return (
			this.size > MOST_ENTRIES ||
			this.plain.length > this.mostBytes ||
			(values === SAMPLE && this.size > SAMPLE_NEW * SAMPLE)
		);
	}

	/** The number of a text; undefined when it is no value of the column's kind. */
	numberOf(text: string): number | undefined {
		const existing = this.numbers.get(text);
		if (existing !== undefined) return existing;
		if (!this.kind.write(text, this.plain)) return undefined;
		const number = this.numbers.size;
		this.numbers.set(detached(text), number);
		this.ends.push(this.plain.length);
		return number;
	}

	/** Writes the values of these numbers. */
	expand(numbers: Uint32Array, into: PlainEncoder): void {
		const source = this.plain.written();
		for (const number of numbers) into.append(source, this.ends[number] ?? 0, this.ends[number + 1] ?? 0);
	}
}

/** A piece of a longer text keeps all of it in memory; a copy does not. */
function detached(text: string): string {
	return Buffer.from(text, 'utf16le').toString('utf16le');
}
