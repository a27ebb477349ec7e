import type { DataSet } from '../domo/dataSet';
import type { SelectionCounts } from '../format/rowFilter/rowSelector';
import { WritebackError } from '../support/errors';
import type { PublishingOptions } from './publishingOptions';
import type { WrittenFile } from './writtenFile';

/** The rows a file is held against, absent when Domo lists none; and why they were not compared, or differ for a good reason. */
export interface RowVerdict {
	readonly rowsExpected?: number;
	readonly note?: string;
}

/** Throws `incomplete` unless the destination holds exactly what was sent. */
export function checkBytes(sent: number, held: number): void {
	if (sent === held) return;
	throw new WritebackError('incomplete', `Sent ${sent} bytes, but the destination holds ${held}`, {
		hint: "The target is unchanged. Try again. If it happens again, ask the server's administrator about quotas and proxies.",
	});
}

/** Throws `incomplete` unless the files hold as many rows as were read. */
export function checkRowsWritten(read: number, files: readonly WrittenFile[]): void {
	const written = files.reduce((total, file) => total + file.rows, 0);
	if (read === written) return;
	throw new WritebackError('incomplete', `Read ${read} rows, but wrote ${written}`, {
		hint: 'The target is unchanged. Try again. If it happens again, please report it with your File Format options.',
	});
}

/** Throws `incomplete` unless conditions were asked of as many rows as were read; not after a limit, which ends reading in mid-way. */
export function checkRowsSelected(read: number, selection: SelectionCounts): void {
	const selected = selection.read;
	if (selection.isCutShort || read === selected) return;
	throw new WritebackError('incomplete', `Read ${read} rows, but checked ${selected} for Conditions`, {
		hint: 'The target is unchanged. Try again. If it happens again, please report it with your Rows options.',
	});
}

/** What is to be said of rows whose export was ended by the limit. */
export function limitedVerdict({ rows: rowsExpected }: DataSet, read: number): RowVerdict {
	const note = `Limit ended the export after ${read} rows, so they could not be compared with`;
	if (rowsExpected === undefined) return { note: `${note} the number that Domo lists.` };
	return { rowsExpected, note: `${note} the ${rowsExpected} that Domo lists.` };
}

/**
 * Holds the counted rows against what Domo lists. A DataSet that was refreshed in between, when the count lies between its two, or whose
 * rows are limited by PDP for this client, explains a difference; anything else throws `rowsDiffer`, or is noted when `rowCheck` is `warn`. Without a count there is nothing
 * to compare. `again` asks Domo once more and is called only when the counts differ.
 */
export async function checkRows(
	before: DataSet,
	rows: number,
	rowCheck: PublishingOptions['rowCheck'],
	refetch: () => Promise<DataSet>,
): Promise<RowVerdict> {
	if (before.rows === undefined) {
		return {
			note: `Domo lists no number of rows for this DataSet, so the ${rows} it sent could not be compared.`,
		};
	}
	if (rows === before.rows) return { rowsExpected: before.rows };
	if (rowCheck === 'off')
		return { rowsExpected: before.rows, note: `${listed(before.rows, rows)}: 'Row Check' is Off.` };
	const after = await refetch();
	const rowsExpected = after.rows ?? before.rows;
	if (rows === rowsExpected) return { rowsExpected };
	const differing = listed(rowsExpected, rows);
	const isRefresh = isRefreshed(before, after) || rowsExpected !== before.rows;
	// Rows of neither state are explained by none: a refresh doesn't excuse an export that was cut short.
	const isBetween = rows >= Math.min(before.rows, rowsExpected) && rows <= Math.max(before.rows, rowsExpected);
	if (isRefresh && isBetween) {
		return { rowsExpected, note: `${differing}: the DataSet was refreshed during the export.` };
	}
	if ((before.pdpEnabled || after.pdpEnabled) && rows < rowsExpected) {
		return {
			rowsExpected,
			note: `${differing}: PDP is on for this DataSet, so this client may see only some of its rows. These can be more rows than their reader may see.`,
		};
	}
	if (rowCheck === 'warn') return { rowsExpected, note: `${differing}, for no known reason.` };
	throw new WritebackError('rowsDiffer', differing, {
		hint: 'The export was cut short, or the DataSet is being refreshed. Try again. If it happens again, tell Domo Support.',
	});
}

/** A time that only one of the two answers carries says nothing. */
function isRefreshed(before: DataSet, after: DataSet): boolean {
	const times = [
		[before.updatedAt, after.updatedAt],
		[before.dataCurrentAt, after.dataCurrentAt],
	];
	return times.some(([one, other]) => one !== '' && other !== '' && one !== other);
}

/** Notes that readers may count other rows than Domo, where its bytes pass as they are. */
export function withBareReturnsNote(verdict: RowVerdict, bareReturns: number): RowVerdict {
	if (bareReturns === 0) return verdict;
	const many = bareReturns === 1 ? 'A carriage return is' : `${bareReturns} carriage returns are`;
	const note = `${many} outside quotes, and many readers end a row there. Set 'Quote Mode' under File Format to quote such cells.`;
	return { ...verdict, note: verdict.note === undefined ? note : `${verdict.note} ${note}` };
}

function listed(expected: number, sent: number): string {
	return `Domo lists ${expected} rows and sent ${sent}`;
}
