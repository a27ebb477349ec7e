import type { DelimitedOptions } from '../formatOptions';
import type { Column, ColumnType } from '../../domo/schema';
import { invalidParameter } from '../../support/errors';

/** Columns whose cells are text for `allText`. */
const TEXT_TYPES: ReadonlySet<ColumnType> = new Set(['STRING', 'DATE', 'DATETIME']);

/** Which columns have every cell in quotes. */
export function alwaysQuoted({ quoteMode }: DelimitedOptions, columns: readonly Column[]): readonly boolean[] {
	return columns.map(({ type }) => quoteMode === 'everything' || (quoteMode === 'allText' && TEXT_TYPES.has(type)));
}

/** A cell between quotes, with what has to be escaped in it. */
export function quotedCell(cell: string, { quote, escape }: Pick<DelimitedOptions, 'quote' | 'escape'>): string {
	const inside = escape === quote ? cell : cell.split(escape).join(escape + escape);
	return quote + inside.split(quote).join(escape + quote) + quote;
}

/** What needs quotes around it; a reader takes a mark of byte order at the very start of a file for one. */
export function specialCharacters({ delimiter, quote, escape, lineFeed }: DelimitedOptions): string {
	return `${delimiter}${quote}${escape}${lineFeed}\r\n\ufeff`;
}

/**
 * A line that readers skip, or take for the end: empty, or nothing but spaces and tabs (pandas, R), or `\.` (PostgreSQL before 18).
 * Only a file of one column can have such a line.
 */
export const SKIPPED_LINE = /^(?:[ \t]*|\\\.)$/;

/** How null is written where cells may be in quotes. In a file of one column, nothing becomes empty text in quotes; throws `setting` for another line that readers skip. */
export function writtenNull(options: DelimitedOptions, columns: readonly Column[]): string {
	const { nullValue } = options;
	if (columns.length !== 1 || !SKIPPED_LINE.test(nullValue)) return nullValue;
	if (nullValue === '') return quotedCell(nullValue, options);
	// In quotes, it would read as the text that equals it.
	throw invalidParameter(
		'Null Value',
		'in a file of one column, it is a line of spaces or of \\., which many readers skip',
		'Use e.g. \\N or NULL.',
	);
}
