import { notUtf8, rowTooLong, tooManyCells, wrongWidth } from '../csv/csvErrors';
import { MOST_COLUMNS, MOST_HELD } from '../formatLimits';
import type { DelimitedOptions } from '../formatOptions';
import { BOM, COMMA, CR } from './cellBytes';
import { CellRewriter } from './cellRewriter';
import { Utf8Validator } from './utf8Validator';
import type { Column } from '../../domo/schema';
import type { ByteStream } from '../../support/byteStream';

/** How much is worked through at a time: less than a millisecond. */
const PIECE_BYTES = 64 * 1024;

/** Marks of more than a character or two would make the output many times as long as the input. */
const LONG_MARK = 8;

/** Whether bytes suffice: the text is UTF-8, and every mark is one of ASCII. */
export function canRewrite({ encoding, quoteMode, ...options }: DelimitedOptions): boolean {
	const { delimiter, quote, escape, lineFeed, nullValue } = options;
	const isShort = (text: string) => /^[\0-\x7f]*$/.test(text) && text.length <= LONG_MARK;
	return encoding === 'utf8' && quoteMode !== 'never' && [delimiter, quote, escape, lineFeed, nullValue].every(isShort);
}

/**
 * Gives Domo's CSV other marks, byte by byte and without a string for any cell: what `readCsv` and `openDelimited` do together where every
 * column is written as it is, in UTF-8. Rejects as they do. Use it once.
 */
export class CsvRewriter {
	/** Data rows that were written. */
	rows = 0;
	private readonly cells: CellRewriter;
	private readonly delimiter: Buffer;
	private readonly lineFeed: Buffer;
	/** The header row's cells, once it is complete. */
	private width = 0;
	private column = 0;
	/** Pieces that are not yet looked at, and how much is to be here before they are; at first, what tells a byte order mark. */
	private waiting: Buffer[] = [];
	private waitingBytes = 0;
	private wanted = BOM.length;

	constructor(
		private readonly options: DelimitedOptions,
		columns: readonly Column[],
	) {
		this.cells = new CellRewriter(options, columns);
		this.delimiter = Buffer.from(options.delimiter);
		this.lineFeed = Buffer.from(options.lineFeed);
	}

	/** What it yields is valid until the next is asked for. */
	async *rewrite(source: ByteStream): AsyncGenerator<Buffer> {
		const { cells } = this;
		if (this.options.includeBom) yield Buffer.from(BOM);
		let isFirst = true;
		const utf8 = new Utf8Validator();
		for await (const chunk of source) {
			if (!utf8.accepts(chunk)) throw notUtf8(this.complete());
			for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
				if (!this.take(chunk.subarray(from, from + PIECE_BYTES))) continue;
				if (isFirst && cells.input.subarray(0, BOM.length).equals(BOM)) cells.offset = BOM.length;
				isFirst = false;
				if (this.rewriteCells(false) > 0) yield cells.output.subarray(0, cells.to);
				this.expectMore();
			}
		}
		if (!utf8.isWhole) throw notUtf8(this.complete());
		this.wanted = 0;
		this.take(Buffer.alloc(0));
		if (this.rewriteCells(true) > 0) yield cells.output.subarray(0, cells.to);
	}

	/** Adds a piece to the cells' input; false while it waits for more: a cell longer than a piece is looked at again only when twice as much of it is here. */
	private take(piece: Buffer): boolean {
		const { cells, waiting } = this;
		const rest = cells.input.subarray(cells.offset);
		this.waitingBytes += piece.length;
		if (rest.length + this.waitingBytes < this.wanted) {
			// A copy: the chunk may be gone when the next one comes.
			waiting.push(Buffer.from(piece));
			return false;
		}
		cells.input = Buffer.concat([rest, ...waiting, piece]);
		cells.offset = 0;
		[this.waiting, this.waitingBytes] = [[], 0];
		return true;
	}

	private expectMore(): void {
		const left = this.cells.input.length - this.cells.offset;
		if (left > MOST_HELD) throw rowTooLong(this.complete(), this.column + 1);
		this.wanted = Math.min(2 * left, MOST_HELD + 1);
	}

	/** Rows that are complete, the header row included. */
	private complete(): number {
		return this.rows + (this.width === 0 ? 0 : 1);
	}

	/** Works through all cells whose end is here, and tells how much was written; the very last cell ends with the input. */
	private rewriteCells(isLast: boolean): number {
		const { cells } = this;
		// A cell of one byte may become an escaped one, or null, between quotes and marks.
		const most = (cells.input.length + 1) * (4 + this.lineFeed.length + this.options.nullValue.length);
		if (cells.output.length < most) cells.output = Buffer.allocUnsafeSlow(most);
		cells.to = 0;
		// Behind a last comma there is one cell more.
		while (cells.offset < cells.input.length || (isLast && this.column > 0)) {
			const isLeftOut = this.width === 0 && !this.options.header;
			if (!cells.copy({ rows: this.complete(), column: this.column }, isLast)) break;
			this.writeSeparator();
			if (isLeftOut) cells.to = 0;
		}
		return cells.to;
	}

	private writeSeparator(): void {
		const { cells } = this;
		const mark = cells.input[cells.offset];
		this.column += 1;
		if (this.column > MOST_COLUMNS) throw tooManyCells(this.complete());
		if (mark === COMMA) {
			cells.offset += 1;
			cells.put(this.delimiter);
			return;
		}
		cells.offset = Math.min(cells.input.length, cells.offset + (mark === CR ? 2 : 1));
		cells.put(this.lineFeed);
		if (this.width === 0) this.width = this.column;
		else if (this.column === this.width) this.rows += 1;
		else throw wrongWidth(this.complete(), this.column, this.width);
		this.column = 0;
	}
}
