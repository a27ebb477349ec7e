import { WritebackError } from '../errors';

/** What can be wrong with a CSV. `rows` are those read before, the header row included: the number of the data row at hand. */

const AGAIN =
	'The export was cut short or damaged on its way. The target is unchanged; run it again, and tell Domo Support if it stays.';

const AS_IT_IS =
	'Only the CSV that Domo documents can be formatted. Remove the options of File Format to copy the export as it is, and tell Domo Support.';

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

export function rowTooLong(rows: number): WritebackError {
	return new WritebackError('domoNotData', `${named(rows)} of the export does not end: a quote is not closed`, {
		hint: AS_IT_IS,
	});
}

/** Bytes are decoded some rows ahead, so the fault is in this row or soon after it. */
export function notUtf8(rows: number): WritebackError {
	return new WritebackError('domoNotData', `${named(rows)} of the export, or one soon after it, is not UTF-8 text`, {
		hint: AS_IT_IS,
	});
}
