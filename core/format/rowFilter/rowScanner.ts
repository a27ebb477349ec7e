import { openQuote, rowTooLong, strayQuote, tooManyCells, wrongWidth } from '../csv/csvErrors';
import { columnAtEnd } from '../csv/columnAtEnd';
import type { Cell } from '../csv/row';
import { COMMA, CR, LF, QUOTE } from '../csvRewrite/cellBytes';
import { MOST_COLUMNS, MOST_HELD } from '../formatLimits';

/** Beyond the end of every input: there is no more of it. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

/**
 * Finds the rows of Domo's CSV by their bytes, and of their cells the wanted ones; by the same rules as `readCsv`, whose faults it throws.
 * Cells are text with one character a byte.
 */
export class RowScanner {
	/** Found so far, the header row included. */
	rows = 0;
	/** Of the row that was found last: all cells of the header row, then those that are wanted. */
	cells: Cell[] = [];
	private input: Buffer = Buffer.alloc(0);
	private text = '';
	private quote = -1;
	private width = 0;
	private crlf = false;
	/** Where `cells` has a column's cell; undefined for others. */
	private slots: ReadonlyArray<number | undefined> = [];

	/** Which columns of the header row are wanted below it, in this order. */
	want(columns: readonly number[]): void {
		const slots: Array<number | undefined> = [];
		for (const [slot, column] of columns.entries()) slots[column] = slot;
		this.slots = slots;
		this.cells = columns.map(() => null);
	}

	/** Takes bytes that begin with a row. */
	open(input: Buffer): void {
		this.input = input;
		this.text = input.toString('latin1');
		this.quote = -1;
	}

	/** Where the row ends that begins at `start`, line break included; undefined when its end is not here. */
	next(start: number): number | undefined {
		const lineEnd = this.text.indexOf('\n', start);
		if (lineEnd === -1) return undefined;
		if (this.quote < start) this.quote = this.text.indexOf('"', start);
		if (this.quote === -1) this.quote = NOWHERE;
		const end = this.quote > lineEnd ? this.plain(start, lineEnd) : this.quoted(start);
		if (end !== undefined) this.rows += 1;
		return end;
	}

	/** Throws when so much of a row is here, without its end, although no more is to come or too much is here. */
	checkRest(length: number, isLast: boolean): void {
		if (isLast && length > 0) throw openQuote(this.rows);
		if (length > MOST_HELD) throw rowTooLong(this.rows, columnAtEnd(this.text.slice(-length)));
	}

	/** A row without quotes, as most are. */
	private plain(start: number, lineEnd: number): number {
		const { input } = this;
		const end = this.cellEnd(start, lineEnd);
		let column = 0;
		let from = start;
		for (let index = start; index < end; index++) {
			if (input[index] !== COMMA) continue;
			this.take(column, from, index);
			column += 1;
			from = index + 1;
		}
		this.take(column, from, end);
		this.complete(column + 1);
		return lineEnd + 1;
	}

	/** A row that may have quotes; undefined when its end is not here. */
	private quoted(start: number): number | undefined {
		const { input } = this;
		let offset = start;
		for (let column = 0; ; column++) {
			const end = input[offset] === QUOTE ? this.quotedCell(column, offset) : this.plainCell(column, offset);
			if (end === undefined) return undefined;
			const mark = input[end];
			offset = mark === CR ? end + 2 : end + 1;
			if (mark === COMMA) continue;
			this.complete(column + 1);
			return offset;
		}
	}

	/** The place behind the closing quote; undefined when what follows it is not here. */
	private quotedCell(column: number, offset: number): number | undefined {
		const { input, text } = this;
		const from = offset + 1;
		let end = text.indexOf('"', from);
		let isDoubled = false;
		while (end !== -1 && input[end + 1] === QUOTE) {
			isDoubled = true;
			end = text.indexOf('"', end + 2);
		}
		const mark = end === -1 ? undefined : input[end + 1];
		const last = mark === CR ? end + 2 : end + 1;
		if (mark === undefined || last >= input.length) return undefined;
		if (mark !== COMMA && input[last] !== LF) throw strayQuote(this.rows);
		if (mark === CR && this.rows === 0) this.crlf = true;
		const slot = this.slotOf(column);
		const cell = slot === undefined ? '' : text.slice(from, end);
		if (slot !== undefined) this.cells[slot] = isDoubled ? cell.replaceAll('""', '"') : cell;
		return end + 1;
	}

	/** The place of the comma or line break behind the cell; undefined when it is not here. */
	private plainCell(column: number, offset: number): number | undefined {
		const { input } = this;
		let end = offset;
		while (end < input.length && input[end] !== COMMA && input[end] !== LF) {
			if (input[end] === QUOTE) throw strayQuote(this.rows);
			end += 1;
		}
		if (end === input.length) return undefined;
		if (input[end] === LF) end = this.cellEnd(offset, end);
		this.take(column, offset, end);
		return end;
	}

	private take(column: number, from: number, to: number): void {
		const slot = this.slotOf(column);
		if (slot === undefined) return;
		const cell = this.text.slice(from, to);
		// Without quotes, nothing and `\N` are null.
		this.cells[slot] = cell === '' || cell === '\\N' ? null : cell;
	}

	private slotOf(column: number): number | undefined {
		if (column >= MOST_COLUMNS) throw tooManyCells(this.rows);
		return this.rows === 0 ? column : this.slots[column];
	}

	private complete(cells: number): void {
		if (this.rows === 0) this.width = cells;
		else if (cells !== this.width) throw wrongWidth(this.rows, cells, this.width);
	}

	/** Where the last cell of a line ends: a carriage return belongs to the line break when that of the header row has one. */
	private cellEnd(start: number, lineEnd: number): number {
		const isBefore = lineEnd > start && this.input[lineEnd - 1] === CR;
		if (this.rows === 0) this.crlf = isBefore;
		return isBefore && this.crlf ? lineEnd - 1 : lineEnd;
	}
}
