import { alwaysQuoted, quotedCell, SKIPPED_LINE, specialCharacters, writtenNull } from '../csv/quoting';
import type { Cell, Row } from '../csv/row';
import type { DelimitedOptions } from '../formatOptions';
import { CellError } from '../rows/cellError';
import type { OpenRowWriter } from '../rows/rowWriter';
import { isUnicode, openEncoder, REPLACEMENT } from './encoder';
import { type RowText, createTextWriter } from './textRowWriter';
import type { Column } from '../../domo/schema';
import { invalidParameter, sanitize, type WritebackError } from '../../support/errors';

/**
 * Writes rows as delimited text. Null is the null value, never in quotes; text that equals it is quoted, so the two stay apart. In a file of one
 * column, a line that readers skip is quoted, or refused without quotes; so a null without a null value reads as empty text there, but is counted. A null
 * value that is such a line is refused. Quotes are needed (RFC 4180) around the delimiter, the quote, the escape character and line breaks, not
 * around spaces. With quote mode `never`, the escape character stands in front of what would need quotes, a quote is a character like others, and
 * empty text can't be distinguished from an empty null value.
 * Expects marks that differ from each other. Throws `setting` for one that the encoding lacks, here, and for a cell that they cannot write, when it is written.
 */
export function openDelimited(options: DelimitedOptions): OpenRowWriter {
	checkMarks(options);
	return (columns) => {
		const text = options.quoteMode === 'never' ? bareText(options, columns) : quotedText(options, columns);
		return createTextWriter(columns, options, text);
	};
}

function quotedText(options: DelimitedOptions, columns: readonly Column[]): RowText {
	const { delimiter, quoteMode, lineFeed, nullValue } = options;
	const special = anyOf(specialCharacters(options));
	const quoted = (cell: string) => quotedCell(cell, options);
	const always = alwaysQuoted(options, columns);
	const isAlone = columns.length === 1;
	const needsQuotes = (text: string) =>
		text === nullValue || special.test(text) || (isAlone && SKIPPED_LINE.test(text));
	const ofNull = writtenNull(options, columns);
	const line = (cells: Row) => {
		let text = '';
		for (let place = 0; place < cells.length; place++) {
			if (place > 0) text += delimiter;
			const cell = cells[place] ?? null;
			if (cell === null) text += ofNull;
			else text += always[place] === true || needsQuotes(cell) ? quoted(cell) : cell;
		}
		return text + lineFeed;
	};
	const name = (column: string) => (quoteMode !== 'needed' || needsQuotes(column) ? quoted(column) : column);
	return { head: headOf(options, columns, name), rowCharacters: rowCharacters(options, columns), line };
}

function bareText(options: DelimitedOptions, columns: readonly Column[]): RowText {
	const { delimiter, quote, escape, lineFeed, nullValue } = options;
	const escapes = escape !== quote;
	const isAlone = columns.length === 1;
	const special = anyOf(`${delimiter}${escapes ? escape : ''}${lineFeed}\r\n`);
	const every = new RegExp(special, 'gu');
	const bare = (cell: string, refuse: (what: string) => Error) => {
		if (special.test(cell)) {
			if (!escapes) throw refuse(`holds ${/[\r\n]/u.test(cell) ? 'a line break' : 'a delimiter'}, which needs quotes`);
			return cell.replace(every, (mark) => escape + mark);
		}
		// Empty text that becomes null is what everyone expects without quotes; a word that becomes null is not.
		if (cell === nullValue && cell !== '') throw refuse('holds the null value as text, which needs quotes');
		return cell;
	};
	const line = (cells: Row, row: number) => {
		const written = (cell: Cell, place: number) =>
			cell === null ? nullValue : bare(cell, (what) => badCell(row, columns[place]?.name ?? '', what));
		const text = cells.map(written).join(delimiter);
		if (isAlone && SKIPPED_LINE.test(text)) throw skippedCell(row, columns[0]?.name ?? '', text);
		return text + lineFeed;
	};
	const name = (column: string) =>
		bare(column, (what) => invalidParameter('Quote Mode', `the column name "${sanitize(column)}" ${what}`, HINT));
	const head = headOf(options, columns, name);
	const names = head.slice(0, head.length - lineFeed.length);
	if (options.header && isAlone && SKIPPED_LINE.test(names)) throw skippedName(names);
	return { head, rowCharacters: rowCharacters(options, columns), line };
}

function rowCharacters({ delimiter, nullValue }: DelimitedOptions, columns: readonly Column[]): number {
	return columns.length * (delimiter.length + nullValue.length);
}

function headOf(options: DelimitedOptions, columns: readonly Column[], name: (column: string) => string): string {
	if (!options.header) return '';
	return columns.map((column) => name(column.name)).join(options.delimiter) + options.lineFeed;
}

const HINT = "Set 'Quote Mode' to Needed Only, change 'Delimiter', or enter an 'Escape Character' such as \\.";

function badCell(row: number, column: string, what: string): CellError {
	return new CellError({ label: 'Quote Mode', row, column, what, hint: HINT });
}

function skippedLine(text: string): string {
	const what = text === '' ? 'an empty line' : 'a line of spaces or of \\.';
	return `${what}, which many readers skip`;
}

/** The only cell of a row that would be a line that readers skip. */
function skippedCell(row: number, column: string, text: string): CellError {
	return new CellError({
		label: 'Quote Mode',
		row,
		column,
		what: `would be ${skippedLine(text)}`,
		hint: "Set 'Quote Mode' to Needed Only. For cells without a value, a 'Null Value' such as NULL works, too.",
	});
}

function skippedName(text: string): WritebackError {
	return invalidParameter(
		'Quote Mode',
		`the name of the only column would be ${skippedLine(text)}`,
		"Set 'Quote Mode' to Needed Only, or turn on 'Skip Header'.",
	);
}

function checkMarks(options: DelimitedOptions): void {
	const { delimiter, quote, escape, lineFeed, nullValue } = options;
	const { label, lacks, twin } = openEncoder(options);
	const marks = delimiter + quote + escape + lineFeed + nullValue;
	const lacking = lacks(marks);
	const hint = 'Choose UTF-8, or characters such as ; and ".';
	if (lacking !== undefined) {
		const what = `${label} can't represent "${lacking}", which is a delimiter, a quote or the null value here`;
		throw invalidParameter('File Encoding', what, hint);
	}
	// Which cells need quotes is decided before characters are replaced.
	if (options.onUnmappable === 'replace' && !isUnicode(options.encoding) && marks.includes(REPLACEMENT)) {
		const what = 'Replace writes a question mark, which is a delimiter, a quote or the null value here';
		throw invalidParameter('On Unmappable Character', what, hint);
	}
	for (const mark of marks) {
		const other = twin(mark);
		if (other === undefined) continue;
		const what = `${label} writes "${other}" as it writes "${mark}", which is a delimiter, a quote or the null value here`;
		throw invalidParameter('File Encoding', what, hint);
	}
}

/** Matches any one of these characters. */
function anyOf(characters: string): RegExp {
	return new RegExp(`[${characters.replace(/[\\\]^-]/gu, '\\$&')}]`, 'u');
}
