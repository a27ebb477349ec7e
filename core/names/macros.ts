import { DateTime } from 'luxon';
import { closestMatch } from '../support/closestMatch';
import { type DateFormat, formatDate } from '../support/datePattern';
import { invalidParameter } from '../support/errors';

/** What macros of a name stand for in one writeback. */
export interface MacroValues {
	readonly dataSetId: string;
	/** Fit for a file name. */
	readonly dataSetName: string;
	readonly updatedAt: Date;
	/** Absent when Domo does not tell. */
	readonly rows: number | undefined;
	readonly executionId: string;
	readonly now: Date;
	/** IANA name, for dates. */
	readonly timeZone: string;
	readonly dateFormat: DateFormat;
	/** Of a DataSet that is split, from 1. */
	readonly part: number;
}

type Macro = (values: MacroValues) => string;

/** A name with macros in it, checked. */
export type Template = ReadonlyArray<string | Macro>;

/** As many digits as sort a hundred thousand parts in order. */
const PART_DIGITS = 5;

const MACROS: Readonly<Record<string, Macro>> = {
	current_date: ({ dateFormat, now, timeZone }) => formatDate(dateFormat, now, timeZone),
	data_set_id: ({ dataSetId }) => dataSetId,
	data_set_name: ({ dataSetName }) => dataSetName,
	execution_id: ({ executionId }) => executionId,
	part: ({ part }) => partNumber(part),
	rows: ({ rows }) => (rows === undefined ? 'unknown' : String(rows)),
	updated_at: ({ dateFormat, updatedAt, timeZone }) => formatDate(dateFormat, updatedAt, timeZone),
};

/** Domo counts days from today, e.g. `<current_date-1>`. */
const SHIFTED_DATE = /^current_date([+-]\d{1,4})$/;

const IN_BRACKETS = /<([^<>]*)>/;

/** How a part is numbered in a file name. */
export function partNumber(part: number): string {
	return String(part).padStart(PART_DIGITS, '0');
}

/** Finds the macros in what a user typed. Throws `setting`, naming `label`, for one that does not exist. */
export function readTemplate(text: string, label: string): Template {
	return text.split(IN_BRACKETS).map((piece, index) => (index % 2 === 0 ? piece : readMacro(piece, label)));
}

/** Whether a part number stands in it. */
export function namesParts(template: Template): boolean {
	return template.some((piece) => piece === MACROS.part);
}

/** The end of a name that the user typed: what follows the last macro, and `typed`, what follows an expression, where that is shorter. */
export function typedEnd(template: Template, typed: string | undefined): string {
	const last = template.at(-1);
	const text = typeof last === 'string' ? last : '';
	if (typed === undefined || typed.endsWith(text)) return text;
	return text.endsWith(typed) ? typed : '';
}

/** The text of a template, with what each macro stands for passed through `fit`. */
export function expand(template: Template, values: MacroValues, fit: (text: string) => string): string {
	return template.map((piece) => (typeof piece === 'string' ? piece : fit(piece(values)))).join('');
}

function readMacro(text: string, label: string): Macro {
	const name = text.trim().toLowerCase();
	const macro = MACROS[name];
	if (macro !== undefined) return macro;
	const days = Number(SHIFTED_DATE.exec(name)?.[1] ?? Number.NaN);
	if (Number.isInteger(days)) {
		return ({ dateFormat, now, timeZone }) =>
			formatDate(dateFormat, DateTime.fromJSDate(now, { zone: timeZone }).plus({ days }).toJSDate(), timeZone);
	}
	throw invalidParameter(
		label,
		`there is no macro <${text}>`,
		`Did you mean <${closestMatch(name, Object.keys(MACROS))}>? Macros are ${Object.keys(MACROS)
			.map((macro) => `<${macro}>`)
			.join(', ')} and <current_date-1>.`,
	);
}
