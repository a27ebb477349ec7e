import { isBackslashN, QUOTE } from '../csvRewrite/cellBytes';
import { MOST_COLUMNS } from '../formatLimits';
import { type ByteText, type CellUse, cellText, type RowCells } from './byteText';

/** Where one row has its cells among the bytes that were read last. */
export class ScannedRow implements RowCells, ByteText {
	bytes: Buffer = Buffer.alloc(0);
	text = '';
	/** Of quoted cells, what is between the quotes. */
	readonly starts = new Int32Array(MOST_COLUMNS);
	readonly ends = new Int32Array(MOST_COLUMNS);
	/** 1 for a cell with doubled quotes; only where the row has quotes. */
	readonly doubled = new Uint8Array(MOST_COLUMNS);
	hasQuotes = false;
	private wanted: readonly number[] = [];

	/** Takes bytes that begin with a row. */
	open(bytes: Buffer): void {
		this.bytes = bytes;
		this.text = bytes.toString('latin1');
	}

	/** Which columns `isEmpty` and `read` are about, in this order. */
	want(columns: readonly number[]): void {
		this.wanted = columns;
	}

	/** The texts of so many cells, empty ones for null. */
	texts(width: number): readonly string[] {
		return Array.from({ length: width }, (_, column) => this.cell(column, cellText));
	}

	isEmpty(place: number): boolean {
		const column = this.wanted[place] ?? 0;
		const from = this.starts[column] ?? 0;
		const to = this.ends[column] ?? 0;
		// Without quotes, `\N` is null.
		return from === to || (isBackslashN(this.bytes, from, to) && this.bytes[from - 1] !== QUOTE);
	}

	read<T>(place: number, use: CellUse<T>): T {
		return this.cell(this.wanted[place] ?? 0, use);
	}

	private cell<T>(column: number, use: CellUse<T>): T {
		const from = this.starts[column] ?? 0;
		const to = this.ends[column] ?? 0;
		if (!this.hasQuotes || this.doubled[column] === 0) return use(this, from, to);
		const text = this.text.slice(from, to).replaceAll('""', '"');
		return use({ bytes: Buffer.from(text, 'latin1'), text }, 0, text.length);
	}
}
