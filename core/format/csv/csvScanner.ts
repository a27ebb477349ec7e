import { MOST_COLUMNS } from '../formatLimits';
import { strayQuote, tooManyCells, wrongWidth } from './csvErrors';
import type { Cell, Row } from './row';

/** What is known of a CSV from one piece to the next. */
export interface CsvShape {
	/** Read so far, the header row included. */
	rows: number;
	/** A row as wide as the header row. Others are copies of it, because V8 may keep those of a literal for long (docs/decisions/format-bytes.md). */
	model: Cell[];
	/** Whether the header row ends in CRLF; with LF, a carriage return at the end of a line is part of its last cell. */
	crlf: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** Beyond the end of every text: there is no more of it. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

/** The rows of one piece of text that begins with a row. `indexOf` jumps from mark to mark; a mark ahead is not looked for twice. */
export class CsvScanner {
	private offset = 0;
	private comma = -1;
	private quote = -1;

	constructor(
		private readonly text: string,
		private readonly shape: CsvShape,
	) {}

	/** All rows whose line break is here. */
	rows(): Row[] {
		const rows: Row[] = [];
		for (let row = this.next(); row !== undefined; row = this.next()) rows.push(row);
		return rows;
	}

	/** The first row; undefined when its line break is not here. */
	first(): Row | undefined {
		return this.next();
	}

	/** The beginning of a row whose end is not here. */
	rest(): string {
		return this.text.slice(this.offset);
	}

	private next(): Row | undefined {
		const { text, shape, offset: start } = this;
		const lineEnd = text.indexOf('\n', start);
		if (lineEnd === -1) return undefined;
		if (this.quote < start) this.quote = place(text.indexOf('"', start));
		const row = this.quote > lineEnd ? this.plain(lineEnd) : this.quoted();
		if (row === undefined) this.offset = start;
		else if (shape.rows === 0) for (let cells = 0; cells < row.length; cells++) shape.model.push(null);
		else if (row.length !== shape.model.length) throw wrongWidth(shape.rows, row.length, shape.model.length);
		if (row !== undefined) shape.rows += 1;
		return row;
	}

	/** A row without quotes, as most are: only commas are looked for. */
	private plain(lineEnd: number): Row {
		const { text } = this;
		const end = this.cellEnd(lineEnd);
		const row = this.shape.model.slice();
		let cells = 0;
		let { offset, comma } = this;
		for (;;) {
			if (comma < offset) comma = place(text.indexOf(',', offset));
			if (comma >= end) break;
			if (cells >= MOST_COLUMNS) throw tooManyCells(this.shape.rows);
			row[cells] = cellOf(text, offset, comma);
			cells += 1;
			offset = comma + 1;
		}
		row[cells] = cellOf(text, offset, end);
		row.length = cells + 1;
		this.comma = comma;
		this.offset = lineEnd + 1;
		return row;
	}

	/** A row that may have quotes; undefined when its end is not here. */
	private quoted(): Row | undefined {
		const row = this.shape.model.slice();
		for (let cells = 0; ; cells++) {
			const cell = this.text.charCodeAt(this.offset) === QUOTE ? this.quotedCell() : this.plainCell();
			if (cell === undefined) return undefined;
			if (cells >= MOST_COLUMNS) throw tooManyCells(this.shape.rows);
			row[cells] = cell;
			const mark = this.text.charCodeAt(this.offset);
			this.offset += mark === CR ? 2 : 1;
			if (mark === COMMA) continue;
			row.length = cells + 1;
			return row;
		}
	}

	/** Leaves `at` behind the closing quote; undefined when what follows it is not here. */
	private quotedCell(): string | undefined {
		const { text } = this;
		const start = this.offset + 1;
		let end = text.indexOf('"', start);
		let doubled = false;
		while (end !== -1 && text.charCodeAt(end + 1) === QUOTE) {
			doubled = true;
			end = text.indexOf('"', end + 2);
		}
		if (end === -1) return undefined;
		const mark = text.charCodeAt(end + 1);
		const last = mark === CR ? end + 2 : end + 1;
		if (last >= text.length) return undefined;
		if (mark !== COMMA && text.charCodeAt(last) !== LF) throw strayQuote(this.shape.rows);
		if (mark === CR && this.shape.rows === 0) this.shape.crlf = true;
		this.offset = end + 1;
		return doubled ? text.slice(start, end).replaceAll('""', '"') : text.slice(start, end);
	}

	/** Leaves `at` at the comma or line break behind the cell. */
	private plainCell(): Cell | undefined {
		const { text, offset } = this;
		if (this.comma < offset) this.comma = place(text.indexOf(',', offset));
		const lineEnd = place(text.indexOf('\n', offset));
		if (this.comma === NOWHERE && lineEnd === NOWHERE) return undefined;
		const end = this.comma < lineEnd ? this.comma : this.cellEnd(lineEnd);
		if (this.quote < offset) this.quote = place(text.indexOf('"', offset));
		if (this.quote < end) throw strayQuote(this.shape.rows);
		this.offset = end;
		return cellOf(text, offset, end);
	}

	/** Where the last cell of a line ends: a carriage return may belong to the line break. */
	private cellEnd(lineEnd: number): number {
		const { shape, text } = this;
		const before = lineEnd > this.offset && text.charCodeAt(lineEnd - 1) === CR;
		if (shape.rows === 0) shape.crlf = before;
		return before && shape.crlf ? lineEnd - 1 : lineEnd;
	}
}

function place(found: number): number {
	return found === -1 ? NOWHERE : found;
}

/** Without quotes, nothing and `\N` are null. */
function cellOf(text: string, from: number, to: number): Cell {
	if (from === to) return null;
	const cell = text.slice(from, to);
	return to - from === 2 && cell === '\\N' ? null : cell;
}
