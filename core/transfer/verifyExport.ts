import type { DataSet } from '../domo/dataSet';
import type { Selection } from '../format/formatter';
import type { Skipped } from './receipt';
import {
	checkRows,
	checkRowsSelected,
	checkRowsWritten,
	limitedVerdict,
	type RowVerdict,
	withBareReturnsNote,
} from './verify';
import type { WritebackRequest } from './writebackRequest';
import type { WrittenFile } from './writtenFile';

/** What was counted in an export. */
export interface ExportCounts {
	/** Rows to be written. */
	readonly rows: number;
	/** Rows of the export, as far as it was read. */
	readonly read: number;
	readonly bareReturns: number;
	/** Undefined where every row is written. */
	readonly selection: Selection | undefined;
}

/** Holds rows written against rows read, and rows read against what Domo lists. Rejects where they differ for no good reason. */
export async function verifyExport(
	{ format, publishing }: WritebackRequest,
	dataSet: DataSet,
	{ rows, read, bareReturns, selection }: ExportCounts,
	files: readonly WrittenFile[],
	refetch: () => Promise<DataSet>,
): Promise<RowVerdict> {
	if (selection !== undefined) checkRowsSelected(read, selection);
	checkRowsWritten(rows, files);
	if (selection?.isCutShort === true) return limitedVerdict(dataSet, selection.read);
	const verdict = await checkRows(dataSet, read, publishing.rowCheck, refetch);
	// Where cells are read and written, all of them are quoted.
	return format.rows === undefined ? withBareReturnsNote(verdict, bareReturns) : verdict;
}

/** What a receipt says of an export of which no row is written. */
export function withoutRows(
	{ read, selection }: ExportCounts,
	{ rowsExpected, note }: RowVerdict,
	notes: readonly string[],
): Pick<Skipped, 'rowsRead' | 'highest' | 'rowsExpected' | 'verificationNote' | 'notes'> {
	return {
		rowsRead: read,
		...highestOf(selection),
		...(rowsExpected !== undefined && { rowsExpected }),
		...(note !== undefined && { verificationNote: note }),
		...(notes.length > 0 && { notes }),
	};
}

/** What a receipt says of Report Highest Value. */
export function highestOf(selection: Selection | undefined): Pick<Skipped, 'highest'> {
	return selection?.highest ? { highest: selection.highest } : {};
}
