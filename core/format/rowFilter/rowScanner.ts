import { openQuote, rowTooLong, strayQuote, tooManyCells, wrongWidth } from '../csv/csvErrors';
import { columnAtEnd } from '../csv/columnAtEnd';
import { COMMA, CR, LF, QUOTE } from '../csvRewrite/cellBytes';
import { MOST_COLUMNS, MOST_HELD } from '../formatLimits';
import { CsvMarks } from './csvMarks';
import { ScannedRow } from './scannedRow';

/** Finds the rows of Domo's CSV and their cells by their bytes; by the same rules as `readCsv`, whose faults it throws. */
export class RowScanner {
	/** Found so far, the header row included. */
	rows = 0;
	/** Found last. */
	readonly row = new ScannedRow();
	private readonly marks = new CsvMarks();
	private width = 0;
	private crlf = false;

	/** The texts of the header row, right after it was found. */
	header(): readonly string[] {
		return this.row.texts(this.width);
	}

	/** Takes bytes that begin with a row. */
	open(bytes: Buffer): void {
		this.row.open(bytes);
		this.marks.open(bytes);
	}

	/** Where the row ends that begins at `start`, line break included; undefined when its end is not here. `start` is where the last one ended; after undefined, call `open` first. */
	next(start: number): number | undefined {
		const { bytes, starts, ends } = this.row;
		let column = 0;
		starts[0] = start;
		// Most rows have no quotes: the commas before the line feed are all that cut them.
		for (let place = this.marks.next(); place !== -1; place = this.marks.next()) {
			const mark = bytes[place];
			if (mark === QUOTE) return this.behindQuotes(start);
			if (mark === LF) {
				ends[column] = this.cellEnd(start, place);
				this.row.hasQuotes = false;
				this.complete(column + 1);
				this.rows += 1;
				return place + 1;
			}
			// Beyond the most columns there are, nothing is kept.
			ends[column] = place;
			column += 1;
			starts[column] = place + 1;
		}
		return undefined;
	}

	/** Throws when so much of a row is here, without its end, although no more is to come or too much is here. */
	checkRest(length: number, isLast: boolean): void {
		if (isLast && length > 0) throw openQuote(this.rows);
		if (length > MOST_HELD) throw rowTooLong(this.rows, columnAtEnd(this.row.text.slice(-length)));
	}

	private behindQuotes(start: number): number | undefined {
		const end = this.quoted(start);
		if (end === undefined) return undefined;
		this.marks.skipTo(end);
		this.rows += 1;
		return end;
	}

	/** A row that may have quotes; undefined when its end is not here. */
	private quoted(start: number): number | undefined {
		const { bytes, starts, ends, doubled } = this.row;
		this.row.hasQuotes = true;
		let offset = start;
		for (let column = 0; ; column++) {
			if (column >= MOST_COLUMNS) throw tooManyCells(this.rows);
			const isQuoted = bytes[offset] === QUOTE;
			starts[column] = isQuoted ? offset + 1 : offset;
			doubled[column] = 0;
			const end = isQuoted ? this.quotedCell(column, offset + 1) : this.plainCell(offset);
			if (end === undefined) return undefined;
			ends[column] = isQuoted ? end - 1 : end;
			const mark = bytes[end];
			offset = mark === CR ? end + 2 : end + 1;
			if (mark === COMMA) continue;
			this.complete(column + 1);
			return offset;
		}
	}

	/** The place behind the closing quote of a cell whose text begins at `from`; undefined when what follows it is not here. */
	private quotedCell(column: number, from: number): number | undefined {
		const { bytes, text, doubled } = this.row;
		let end = text.indexOf('"', from);
		while (end !== -1 && bytes[end + 1] === QUOTE) {
			doubled[column] = 1;
			end = text.indexOf('"', end + 2);
		}
		const mark = end === -1 ? undefined : bytes[end + 1];
		const last = mark === CR ? end + 2 : end + 1;
		if (mark === undefined || last >= bytes.length) return undefined;
		if (mark !== COMMA && bytes[last] !== LF) throw strayQuote(this.rows);
		if (mark === CR && this.rows === 0) this.crlf = true;
		return end + 1;
	}

	/** The place of the comma or line break behind the cell; undefined when it is not here. */
	private plainCell(offset: number): number | undefined {
		const { bytes } = this.row;
		let end = offset;
		while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== LF) {
			if (bytes[end] === QUOTE) throw strayQuote(this.rows);
			end += 1;
		}
		if (end === bytes.length) return undefined;
		return bytes[end] === LF ? this.cellEnd(offset, end) : end;
	}

	private complete(cells: number): void {
		if (cells > MOST_COLUMNS) throw tooManyCells(this.rows);
		if (this.rows === 0) this.width = cells;
		else if (cells !== this.width) throw wrongWidth(this.rows, cells, this.width);
	}

	/** Where the last cell of a line ends: a carriage return belongs to the line break when that of the header row has one. */
	private cellEnd(start: number, lineEnd: number): number {
		const isBefore = lineEnd > start && this.row.bytes[lineEnd - 1] === CR;
		if (this.rows === 0) this.crlf = isBefore;
		return isBefore && this.crlf ? lineEnd - 1 : lineEnd;
	}
}
