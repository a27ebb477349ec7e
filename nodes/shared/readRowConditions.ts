import type { Condition, Operator, RowFilter } from '../../core/format/formatOptions';
import { zoneOf } from '../../core/support/datePattern';
import { invalidParameter, sanitize, type WritebackError } from '../../core/support/errors';
import { type Options, readText } from './optionsReader';

const LABEL = 'Conditions';

const OPERATORS: readonly Operator[] = [
	'is',
	'isNot',
	'isOneOf',
	'contains',
	'startsWith',
	'endsWith',
	'isEmpty',
	'isNotEmpty',
	'greater',
	'atLeast',
	'less',
	'atMost',
	'between',
];

/** Reads the conditions of a Rows pane; every row fits when none is added. Throws `setting` for the first option that cannot work. */
export function readRowConditions(options: Options, workflowTimeZone: string): Omit<RowFilter, 'limit'> {
	const conditions = readConditions(options);
	const match = options.choice('match', 'Match', ['all', 'any'], 'all');
	const ignoreCase = options.flag('ignoreCase', 'Ignore Case', false);
	const typed = options.text('timeZone').trim();
	const timeZone = typed || workflowTimeZone;
	// Only where it matters: the first time zone that a process looks up loads the data of all.
	if (typed !== '' || conditions.length > 0) zoneOf(timeZone);
	return { conditions, match, ignoreCase, timeZone };
}

/** None only when they are not added: an expression that came out empty would let every row pass. */
function readConditions(options: Options): readonly Condition[] {
	if (options.value('conditions') === undefined) return [];
	const entries = options.entries('conditions', 'condition', LABEL);
	if (entries.length > 0) return entries.map(readCondition);
	throw invalidParameter(
		LABEL,
		'there are none, so every row would match',
		'Add a condition, or remove the option under Rows.',
	);
}

function readCondition(entry: Options): Condition {
	const column = entry.text('column');
	const operator = entry.choice('operator', 'Operator', OPERATORS, 'is');
	if (column.trim() === '') {
		throw invalidParameter(LABEL, 'one condition has no column', 'Choose a column from the list, or remove it.');
	}
	return { column, operator, values: readValues(entry, column, operator) };
}

function readValues(entry: Options, column: string, operator: Operator): readonly string[] {
	const value = entry.value('value');
	switch (operator) {
		case 'isEmpty':
		case 'isNotEmpty':
			return [];
		case 'between':
			return [readValue(value, column), readValue(entry.value('to'), column)];
		case 'isOneOf':
			return readList(value, column);
		default:
			return [readValue(value, column)];
	}
}

function readList(value: unknown, column: string): readonly string[] {
	const list = Array.isArray(value) ? value : jsonList(textOf(value));
	// As typed, where a comma may stand at the end; in a list, nothing is no value.
	const values = list?.map(textOf) ?? splitList(textOf(value));
	if (values.length > 0 && values.every((text) => text !== '')) return values;
	throw withoutValue(column);
}

function splitList(text: string): readonly string[] {
	const values = text.split(',').map((one) => one.trim());
	return values.filter((one) => one !== '');
}

/** A string or a number of JSON; also a string without an end, so that none is looked for again and again. */
const JSON_TOKEN = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*/g;

/** An expression in the midst of text makes JSON of a list. Its numbers keep their digits, as text. */
function jsonList(text: string): readonly unknown[] | undefined {
	if (!text.trim().startsWith('[')) return undefined;
	try {
		JSON.parse(text);
		const read: unknown = JSON.parse(
			text.replace(JSON_TOKEN, (token) => (token.startsWith('"') ? token : `"${token}"`)),
		);
		return Array.isArray(read) ? read : undefined;
	} catch {
		return undefined;
	}
}

function readValue(value: unknown, column: string): string {
	const text = textOf(value);
	if (text.trim() !== '') return text;
	throw withoutValue(column);
}

/** What an expression yields as it is compared; empty for what is no number. Throws `setting` for a number that JavaScript has rounded. */
function textOf(value: unknown): string {
	if (typeof value === 'number' && !Number.isFinite(value)) return '';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) {
		return readText(value, LABEL);
	}
	throw invalidParameter(
		LABEL,
		`the number ${value} has more digits than n8n keeps`,
		'Use an expression that returns text, with all of its digits.',
	);
}

function withoutValue(column: string): WritebackError {
	return invalidParameter(
		LABEL,
		`the condition on "${sanitize(column)}" has no value`,
		'Enter the value to compare with, or choose Is Empty. An expression that returns nothing is not a value.',
	);
}
