import { MOST_COLUMNS, MOST_HELD } from '../formatLimits';
import { invalidParameter, WritebackError } from '../../support/errors';

/** What can be wrong with a CSV. `rows` are those read before, the header row included: the number of the data row at hand. */

const AGAIN = 'The export was cut short or damaged on its way. Try again. If it happens again, tell Domo Support.';

const AS_IT_IS =
	'The node can read rows only from CSV as Domo documents it. Domo Writeback without File Format and Rows options copies the export as it is. Tell Domo Support about the row.';

const named = (rows: number) => (rows === 0 ? 'The header row' : `Row ${rows}`);

export function wrongWidth(rows: number, cells: number, width: number): WritebackError {
	const count = cells === 1 ? '1 cell' : `${cells} cells`;
	return new WritebackError('rowsDiffer', `Row ${rows} of the export has ${count}, but the header row has ${width}`, {
		hint: AGAIN,
	});
}

export function openQuote(rows: number): WritebackError {
	return new WritebackError('rowsDiffer', `${named(rows)} of the export ends inside quotes`, { hint: AGAIN });
}

export function strayQuote(rows: number): WritebackError {
	return new WritebackError('domoNotData', `${named(rows)} of the export has a quote where CSV allows none`, {
		hint: AS_IT_IS,
	});
}

/** `column` from 1: the one that begins and does not end. */
export function rowTooLong(rows: number, column: number): WritebackError {
	if (column > MOST_COLUMNS) return tooManyCells(rows);
	const what = `${named(rows)}, column ${column} of the export does not end within ${MOST_HELD / 1024 / 1024} MiB`;
	return new WritebackError('domoNotData', what, { hint: `A quote may not be closed in it. ${AS_IT_IS}` });
}

export function tooManyCells(rows: number): WritebackError {
	const what = `${named(rows)} of the export does not end within ${MOST_COLUMNS} columns`;
	return new WritebackError('domoNotData', what, { hint: AS_IT_IS });
}

/** Throws `setting` for a schema of more columns than `most`, which the chosen format can write. */
export function checkColumnCount(columns: number, most: number): void {
	if (columns <= most) return;
	throw invalidParameter(
		'Format',
		`the file would have ${columns} columns, but ${most} is the maximum`,
		'Choose fewer columns under Columns. Without File Format options, the DataSet is copied as it is.',
	);
}

/** Bytes are decoded some rows ahead, so the fault is in this row or soon after it. */
export function notUtf8(rows: number): WritebackError {
	return new WritebackError('domoNotData', `${named(rows)} of the export, or one soon after it, is not UTF-8 text`, {
		hint: AS_IT_IS,
	});
}
