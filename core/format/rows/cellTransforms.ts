import type { Cell } from '../csv/row';
import type { CellRules, DelimitedOptions } from '../formatOptions';
import type { RowTransform } from './projection';
import type { Column, ColumnType } from '../../domo/schema';
import { type DateFormat, formatDate } from '../../support/datePattern';

/** What becomes of the cells of these columns, and of their names. */
export interface CellTransforms {
	readonly columns: readonly Column[];
	readonly apply: RowTransform;
}

/** Whose numbers can have a fraction; those of LONG can't. */
const HAS_FRACTION: ReadonlySet<ColumnType> = new Set(['DECIMAL', 'DOUBLE']);

type CellWriter = (text: string) => string;

/** Spaces and characters that are not seen, which spreadsheets pass over in front of a formula. */
const UNSEEN = String.raw`\u034f\p{Zs}\ufe00-\ufe0f\p{Cf}\0\v\f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0`;

/** OWASP, CSV Injection: what a spreadsheet takes for the start of a formula, in the other forms that Unicode has of it, too. */
const SIGN = String.raw`[=+\-@\u207a\u207b\u208a\u208b\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]`;

const FORMULA = new RegExp(`^[\\t\\r\\n]|^[${UNSEEN}]*${SIGN}`, 'u');

/** Separators of other locales, after which a formula can start: quotes around only a part of a cell don't keep it together there. */
const SEPARATORS = ';|\t\r\n';

/** The two forms of Domo; a fraction and Z are allowed. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?Z?$/;

/** A decimal number with a point, as Domo writes it; not `NaN`, and not `1.234.567`. */
const WITH_POINT = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** DataSets repeat their times, or count them up; more are not worth their memory. */
const REMEMBERED = 4096;

/** Whether the rules change any cell of some DataSet. */
export function changesCells({ dateTimeFormat, decimalSeparator, escapeFormulas }: CellRules): boolean {
	return escapeFormulas || dateTimeFormat !== undefined || decimalSeparator !== undefined;
}

/** What else tells how cells are written. */
export interface CellContext {
	/** Undefined for a format without delimiters. */
	readonly delimited?: DelimitedOptions;
	/** Of each column, whether the file keeps it as text; none when absent. */
	readonly isText?: readonly boolean[];
}

/**
 * Applies the rules to the rows of these columns. Text that begins as a formula gets an apostrophe in front in STRING columns and in column
 * names; numbers stay. In DATETIME columns what is no date and time stays as it is, and so does what is no number in DECIMAL and DOUBLE
 * columns, and all of a column that is kept as text, whatever its type. Throws `setting` for a time zone that does not exist.
 */
export function cellTransforms(
	rules: CellRules,
	columns: readonly Column[],
	{ delimited, isText = [] }: CellContext = {},
): CellTransforms {
	const harmless = formulaEscaper(innerAfter(separatorsIn(delimited)));
	const named = rules.escapeFormulas ? columns.map((column) => ({ ...column, name: harmless(column.name) })) : columns;
	const times = rules.dateTimeFormat === undefined ? undefined : timeWriter(rules.dateTimeFormat, rules.timeZone);
	const work: Array<readonly [number, CellWriter]> = columns.flatMap(({ type }, place) => {
		if (type === 'STRING') return rules.escapeFormulas ? [[place, harmless] as const] : [];
		if (isText[place] === true) return [];
		if (type === 'DATETIME' && times !== undefined) return [[place, times] as const];
		return HAS_FRACTION.has(type) && rules.decimalSeparator === ',' ? [[place, withComma] as const] : [];
	});
	if (work.length === 0) return { columns: named, apply: (rows) => rows };
	return { columns: named, apply: (rows) => rows.map((row) => changed(row, work)) };
}

function changed(row: readonly Cell[], work: ReadonlyArray<readonly [number, CellWriter]>): readonly Cell[] {
	const cells = [...row];
	for (const [place, write] of work) {
		const cell = cells[place] ?? null;
		if (cell !== null) cells[place] = write(cell);
	}
	return cells;
}

/** Where a spreadsheet may start a cell inside of one: quotes protect a comma between the cells of a file, but only those that it knows. */
function separatorsIn(delimited: DelimitedOptions | undefined): string {
	if (delimited === undefined) return SEPARATORS;
	const { delimiter, quote, escape, quoteMode } = delimited;
	if (quote !== '"' || escape !== '"' || quoteMode === 'never') return `${SEPARATORS},${delimiter}`;
	return delimiter === ',' ? SEPARATORS : `${SEPARATORS},`;
}

/** What is put an apostrophe behind: one of these characters in front of a formula. */
function innerAfter(separators: string): RegExp {
	return new RegExp(`[${separators.replace(/[\\\]^-]/gu, '\\$&')}](?=[${UNSEEN}]*${SIGN})`, 'gu');
}

function formulaEscaper(inner: RegExp): CellWriter {
	return (text) => {
		const inside = text.search(inner) === -1 ? text : text.replace(inner, "$&'");
		return FORMULA.test(text) ? `'${inside}` : inside;
	};
}

/** `1.5E10` as `1,5E10`; text that is no number with a point as it is. */
function withComma(text: string): string {
	const point = text.indexOf('.');
	if (point === -1 || !WITH_POINT.test(text)) return text;
	return `${text.slice(0, point)},${text.slice(point + 1)}`;
}

function timeWriter(format: DateFormat, timeZone: string): CellWriter {
	// An unknown time zone is reported before the first row.
	formatDate(format, new Date(0), timeZone);
	const cached = new Map<string, string>();
	return (text) => {
		const before = cached.get(text);
		if (before !== undefined) return before;
		const instant = moment(text);
		const written = instant === undefined ? text : formatDate(format, instant, timeZone);
		if (cached.size >= REMEMBERED) cached.clear();
		if (instant !== undefined) cached.set(detached(text), written);
		return written;
	};
}

/** The moment that Domo means; undefined for what is none, such as a 30th of February. */
function moment(text: string): Date | undefined {
	const [, date = '', time = '', fraction = ''] = DATE_TIME.exec(text) ?? [];
	const at = new Date(`${date}T${time}${fraction.slice(0, 4)}Z`);
	const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${date}T${time}`);
	return exists ? at : undefined;
}

/** A copy: a cell is a view into its whole piece of the export, which would be kept with it. */
function detached(text: string): string {
	return Buffer.from(text, 'latin1').toString('latin1');
}
