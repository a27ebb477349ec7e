import { invalidParameter, type WritebackError } from '../support/errors';
import type { RowFilter, RowOptions } from './formatOptions';

/** All files of a writeback are open until the last one is stored, and published together. */
const MOST_PARTS = 10_000;

/** How many rows of a DataSet are written, of those that Domo lists; undefined where that cannot be told ahead. */
export function rowsToWrite(filter: RowFilter | undefined, listed: number | undefined): number | undefined {
	if (filter === undefined || listed === undefined) return listed;
	return filter.conditions.length > 0 ? undefined : Math.min(listed, filter.limit ?? Infinity);
}

/** Throws `setting` when a DataSet of so many rows makes more parts than a writeback can hold. */
export function checkPartsOf(plan: RowOptions | undefined, rows: number | undefined): void {
	const { rowsPerPart } = plan ?? {};
	if (rowsPerPart !== undefined && rows !== undefined) checkPartNumber(plan, Math.ceil(rows / rowsPerPart));
}

/** The same for a part that begins. */
export function checkPartNumber(plan: RowOptions | undefined, number: number): void {
	if (number <= MOST_PARTS) return;
	if (plan?.rowsPerPart !== undefined) throw tooManyParts('Split Rows');
	throw tooManyParts('Split Megabytes');
}

function tooManyParts(label: string): WritebackError {
	return invalidParameter(
		label,
		`the DataSet would be split into more than ${MOST_PARTS} files`,
		'The target is unchanged. Raise the limit under File Format. All files of a writeback are published together.',
	);
}
