import type { Column } from '../../domo/schema';
import { invalidParameter, sanitize, type WritebackError } from '../../support/errors';
import { CellError } from '../rows/cellError';
import { type TextOperator, typeOfValues } from './cellTests';

/** The label of the field. */
export const CONDITIONS = 'Conditions';

/** What the editor calls the operators that only text has. */
const LABELS: Readonly<Record<TextOperator, string>> = {
	contains: 'Contains',
	startsWith: 'Starts With',
	endsWith: 'Ends With',
};

const named = ({ name, type }: Column) => `column "${sanitize(name)}" is ${type}`;

/** What a message shows of a text is without them. */
function hasUnseen(text: string): boolean {
	return /^\s|\s$|[\p{Cf}\p{Cc}\u00a0]/u.test(text);
}

export function twoColumns(field: string, name: string): WritebackError {
	return invalidParameter(
		field,
		`the DataSet has more than one column "${sanitize(name)}"`,
		'Rename its columns in Domo, or choose another column.',
	);
}

export function wrongOperator(column: Column, operator: TextOperator): WritebackError {
	return invalidParameter(
		CONDITIONS,
		`${named(column)}, which doesn't support ${LABELS[operator]}`,
		'Choose an operator that compares values, such as Is, Is One Of or Is Between, or choose a text column.',
	);
}

/** A typed value that is none of the column's type; of a column of text, a day that only a column of dates has. */
export function unfitValue(column: Column, value: string): WritebackError {
	const { label, example } = typeOfValues(column.type) ?? {};
	if (label === undefined) {
		return invalidParameter(
			CONDITIONS,
			`${named(column)}, and ${sanitize(value)} works only for DATE and DATETIME columns`,
			"Enter the date in the format of the column, e.g. with the expression {{ $now.minus({ days: 1 }).toFormat('yyyy-MM-dd') }}.",
		);
	}
	return invalidParameter(
		CONDITIONS,
		`${named(column)}, and "${sanitize(value)}"${hasUnseen(value) ? ' (with spaces or invisible characters)' : ''} is not ${label}`,
		`Enter a value such as ${example}.`,
	);
}

export function nothingBetween(column: Column, values: readonly string[]): WritebackError {
	const [first = '', last = ''] = values.map(sanitize);
	return invalidParameter(
		CONDITIONS,
		`no value is between "${first}" and "${last}" in column "${sanitize(column.name)}"`,
		'Enter the lower value first.',
	);
}

/** A cell that is no value of its column's type; rows count from 1, and `field` is the label of the field. */
export function unfitCell(field: string, { name, type }: Column, cell: string, row: number): CellError {
	return new CellError({
		label: field,
		row,
		column: name,
		what: `holds "${sanitize(cell)}"${hasUnseen(cell) ? ' (with spaces or invisible characters)' : ''}, which is not ${typeOfValues(type)?.label ?? 'text'}`,
		hint: `Domo says that the column is ${type}, so the cell can't be compared. Correct the cell or the column's type in Domo, or remove the option.`,
	});
}
