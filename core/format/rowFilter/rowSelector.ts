import type { Column } from '../../domo/schema';
import type { ByteStream } from '../../support/byteStream';
import { notUtf8 } from '../csv/csvErrors';
import { BOM } from '../csvRewrite/cellBytes';
import { Utf8Validator } from '../csvRewrite/utf8Validator';
import type { Highest, RowFilter } from '../formatOptions';
import { placesIn } from '../rows/projection';
import { HeldBytes } from './heldBytes';
import { openRowChoice, type RowChoice } from './rowChoice';
import { RowScanner } from './rowScanner';

/** How much is looked at at a time: less than a millisecond's work. */
const PIECE_BYTES = 64 * 1024;

const NOTHING = Buffer.alloc(0);

/** What a selection came to. */
export interface SelectionCounts {
	/** Data rows that were looked at, and those of them that were passed on. */
	readonly read: number;
	readonly kept: number;
	/** Whether the limit was reached before the end of the export. */
	readonly isCutShort: boolean;
	/** Of the rows that were passed on; undefined where it was not asked for. */
	readonly highest?: Highest;
}

/**
 * Passes on the header row of an export, and those rows that fit, byte by byte as they are. Rejects as `readCsv` does, with `rowsDiffer` where
 * the columns of the header row are not those of the schema, and with `CellError` for a cell that is no value of its column's type. Use it once.
 */
export class RowSelector {
	private readonly choice: RowChoice;
	private readonly scanner = new RowScanner();
	private readonly limit: number;
	private kept = 0;
	private isCutShort = false;
	/** Begins with a row whose end is not here. */
	private readonly rest = new HeldBytes(2 * PIECE_BYTES);
	/** How many bytes have to be there before that row is looked for again. */
	private enough = 0;
	private output: Buffer = NOTHING;
	/** What of the output is filled. */
	private to = 0;

	/** Throws `setting` for conditions that the schema has no place for. */
	constructor(
		filter: RowFilter,
		private readonly schema: readonly Column[],
		now: Date,
	) {
		this.choice = openRowChoice(filter, schema, now);
		this.limit = filter.limit ?? Infinity;
	}

	get counts(): SelectionCounts {
		const { kept, isCutShort } = this;
		const highest = this.choice.highest();
		return { read: Math.max(0, this.scanner.rows - 1), kept, isCutShort, ...(highest && { highest }) };
	}

	/** What it yields is valid until the next is asked for. Ends the source when the limit is reached and there are more rows. */
	async *select(source: ByteStream): AsyncGenerator<Buffer> {
		const utf8 = new Utf8Validator();
		for await (const chunk of source) {
			if (!utf8.accepts(chunk)) throw notUtf8(this.scanner.rows);
			for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
				const selected = this.take(chunk.subarray(from, from + PIECE_BYTES));
				if (selected.length > 0) yield selected;
				if (this.isCutShort) return;
			}
		}
		if (!utf8.isWhole) throw notUtf8(this.scanner.rows);
		const selected = this.selected();
		if (selected.length > 0) yield selected;
		// A last row may have no line break, which is not passed on then.
		if (this.rest.length === 0 || this.isCutShort) return;
		const open = this.rest.length;
		this.rest.add(Buffer.from('\n'));
		const last = this.selected();
		if (!this.isCutShort) this.scanner.checkRest(this.rest.length, true);
		if (last.length > 0) yield last.subarray(0, open);
	}

	private take(piece: Buffer): Buffer {
		this.rest.add(piece);
		if (this.rest.length < this.enough) return NOTHING;
		const selected = this.selected();
		// A row longer than a piece is looked at again only when twice as much of it is here.
		this.enough = 2 * this.rest.length;
		if (!this.isCutShort) this.scanner.checkRest(this.rest.length, false);
		return selected;
	}

	/** What is passed on of what is held, which begins with a row; holds on to a row whose end is not here. */
	private selected(): Buffer {
		const input = this.rest.all();
		const isBegin = this.scanner.rows === 0 && input.subarray(0, BOM.length).equals(BOM);
		this.scanner.open(input);
		this.to = 0;
		let start = isBegin ? BOM.length : 0;
		// Rows that follow each other are copied together.
		let run = 0;
		for (let end = this.next(start, input); end !== undefined; end = this.next(start, input)) {
			if (!this.isKept()) {
				this.copy(input, run, start);
				run = end;
			}
			start = end;
		}
		// A header row that has not ended is not passed on.
		if (this.scanner.rows === 0) start = 0;
		this.rest.drop(start);
		if (run === 0) return input.subarray(0, start);
		this.copy(input, run, start);
		return this.output.subarray(0, this.to);
	}

	/** Where the next row ends; undefined when its end is not here, or when it is one too many. */
	private next(start: number, input: Buffer): number | undefined {
		this.isCutShort = this.kept >= this.limit && start < input.length;
		return this.isCutShort ? undefined : this.scanner.next(start);
	}

	/** Whether the row that was found last is passed on. */
	private isKept(): boolean {
		const { scanner, choice, schema } = this;
		if (scanner.rows === 1) {
			// Domo may describe a DataSet without its columns; a limit needs none of them.
			const isUndescribed = schema.length === 0 && choice.places.length === 0;
			scanner.row.want(isUndescribed ? [] : placesIn(scanner.header(), schema, choice.places));
			return true;
		}
		const number = scanner.rows - 1;
		if (!choice.fits(scanner.row, number)) return false;
		choice.see(scanner.row, number);
		this.kept += 1;
		return true;
	}

	private copy(input: Buffer, from: number, to: number): void {
		if (this.output.length < input.length) this.output = Buffer.allocUnsafeSlow(input.length);
		this.to += input.copy(this.output, this.to, from, to);
	}
}
