import { strayQuote, openQuote } from '../csv/csvErrors';
import { alwaysQuoted, specialCharacters, writtenNull } from '../csv/quoting';
import type { DelimitedOptions } from '../formatOptions';
import { BOM, COMMA, CR, isBackslashN, isSkippedLine, LF, QUOTE, tableOf } from './cellBytes';
import type { Column } from '../../domo/schema';

/** Where the cells are that `copy` is asked for. */
export interface CellPosition {
	/** Rows that are complete, the header row included. */
	readonly rows: number;
	readonly column: number;
}

/** Copies cells from one piece of bytes to another, with quotes and escapes as the options ask for. */
export class CellRewriter {
	input: Buffer = Buffer.alloc(0);
	/** The next byte of the input. */
	offset = 0;
	output: Buffer = Buffer.alloc(0);
	/** The next byte of the output. */
	to = 0;
	private readonly always: readonly boolean[];
	/** By byte: 1 for what calls for quotes around the cell. */
	private readonly needing: Uint8Array;
	/** By byte: 1 for what is not simply passed on. */
	private readonly special: Uint8Array;
	private readonly nullValue: Buffer;
	/** How a null is written; in a file of one column, it may not be a line that readers skip. */
	private readonly writtenNull: Buffer;
	private readonly isAlone: boolean;
	private readonly quote: number;
	private readonly escape: number;
	private crlf = false;

	constructor(
		private readonly options: DelimitedOptions,
		columns: readonly Column[],
	) {
		this.always = alwaysQuoted(options, columns);
		this.nullValue = Buffer.from(options.nullValue);
		this.isAlone = columns.length === 1;
		this.writtenNull = Buffer.from(writtenNull(options, columns));
		[this.quote, this.escape] = [options.quote.charCodeAt(0), options.escape.charCodeAt(0)];
		// Of a byte order mark, the first byte: the others are in characters that need no quotes.
		const needing = Buffer.from(specialCharacters(options)).filter((byte) => byte < 0x80 || byte === BOM[0]);
		this.needing = tableOf(needing);
		this.special = tableOf([...needing, COMMA, QUOTE]);
	}

	/** Copies the cell that begins here and stops at the mark behind it; false, and nothing done, when that mark is not here yet. */
	copy(place: CellPosition, isLast: boolean): boolean {
		return this.input[this.offset] === QUOTE ? this.quoted(place, isLast) : this.plain(place, isLast);
	}

	/** Writes bytes between cells. */
	put(mark: Buffer): void {
		for (let index = 0; index < mark.length; index++) this.output[this.to++] = mark[index] ?? 0;
	}

	private plain(place: CellPosition, isLast: boolean): boolean {
		const { input, output, special, offset: start, to: begin } = this;
		let offset = start;
		let to = begin;
		let needsQuotes = false;
		for (; offset < input.length; offset++) {
			const byte = input[offset] ?? 0;
			if (special[byte] === 0) {
				output[to++] = byte;
				continue;
			}
			if (byte === COMMA || byte === LF) break;
			if (byte === QUOTE) throw strayQuote(place.rows);
			if (byte === CR && this.isLineEnd(offset) && this.endsLines(place)) break;
			needsQuotes ||= this.needs(offset);
			to = this.escaped(byte, to);
		}
		// What follows a carriage return at the very end tells what it is.
		if (!isLast && (offset === input.length || (input[offset] === CR && offset + 1 === input.length))) return false;
		this.offset = offset;
		const isNull = place.rows > 0 && (offset === start || isBackslashN(input, start, offset));
		if (isNull) this.put(this.writtenNull);
		else this.to = this.finished(place, to, needsQuotes);
		return true;
	}

	private quoted(place: CellPosition, isLast: boolean): boolean {
		const { input, output, special, to: begin } = this;
		let offset = this.offset + 1;
		let to = begin;
		let needsQuotes = false;
		let isClosed = false;
		for (; offset < input.length; offset++) {
			const byte = input[offset] ?? 0;
			if (special[byte] === 0) {
				output[to++] = byte;
				continue;
			}
			isClosed = byte === QUOTE && input[++offset] !== QUOTE;
			if (isClosed) break;
			needsQuotes ||= this.needs(offset);
			to = this.escaped(byte, to);
		}
		const mark = input[offset];
		if (!isLast && (offset >= input.length || (mark === CR && offset + 1 === input.length))) return false;
		if (!isClosed) throw openQuote(place.rows);
		const isEnd = mark === undefined || mark === COMMA || mark === LF;
		if (!isEnd && !(mark === CR && this.isLineEnd(offset))) throw strayQuote(place.rows);
		if (mark === CR && place.rows === 0) this.crlf = true;
		this.offset = offset;
		this.to = this.finished(place, to, needsQuotes);
		return true;
	}

	/** Whether the carriage return here stands in front of a line feed, or of the end; before all is here, it may. */
	private isLineEnd(offset: number): boolean {
		return this.input[offset + 1] === LF || offset + 1 === this.input.length;
	}

	/** Whether carriage returns belong to line breaks: as the header row has it. */
	private endsLines({ rows }: CellPosition): boolean {
		if (rows === 0) this.crlf = true;
		return this.crlf;
	}

	/** Of all bytes beyond ASCII only those of a byte order mark call for quotes. */
	private needs(offset: number): boolean {
		const { input } = this;
		const byte = input[offset] ?? 0;
		return (
			this.needing[byte] === 1 && (byte !== BOM[0] || (input[offset + 1] === BOM[1] && input[offset + 2] === BOM[2]))
		);
	}

	private escaped(byte: number, to: number): number {
		if (byte === this.quote || byte === this.escape) this.output[to++] = this.escape;
		this.output[to++] = byte;
		return to;
	}

	/** Puts quotes around what was written up to `end`, if it needs them; tells where the output goes on. */
	private finished({ rows, column }: CellPosition, end: number, needsQuotes: boolean): number {
		const { output, quote, nullValue, to: begin } = this;
		const always = rows === 0 ? this.options.quoteMode !== 'needed' : this.always[column] === true;
		const isMisread = () =>
			(end - begin === nullValue.length && nullValue.equals(output.subarray(begin, end))) ||
			(this.isAlone && isSkippedLine(output, begin, end));
		if (!needsQuotes && !always && !isMisread()) return end;
		output.copyWithin(begin + 1, begin, end);
		output[begin] = quote;
		output[end + 1] = quote;
		return end + 2;
	}
}
