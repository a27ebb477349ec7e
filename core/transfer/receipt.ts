import type { Destination, DestinationKind, Target } from '../destinations/destination';
import type { DataSet } from '../domo/dataSet';
import type { Highest } from '../format/formatOptions';
import { sanitize } from '../support/errors';
import type { SkipReason } from './existingTarget';
import type { RowVerdict } from './verify';
import type { WrittenFile } from './writtenFile';

interface ReceiptHeader {
	readonly dataSetId: string;
	readonly dataSetName: string;
	readonly destination: DestinationKind;
	/** Of the file, or of the first part. */
	readonly target: string;
	readonly fileName: string;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
}

/** What a finished writeback says: the fields of the output item. */
export interface Receipt extends ReceiptHeader {
	/** All files together. */
	readonly bytes: number;
	/** Rows written, header not included. */
	readonly rows: number;
	/** Rows read from the export; absent where the Rows pane is empty. */
	readonly rowsRead?: number;
	/** Of the rows that were written; absent where Report Highest Value is not set. */
	readonly highest?: Highest;
	/** Rows that Domo listed; absent when it listed no count. */
	readonly rowsExpected?: number;
	readonly verification: 'verified' | 'unverified';
	/** How the stored bytes were compared with those that were sent: by their number, by samples of every block as well, or all of them. */
	readonly verifiedBy: 'size' | 'sampled' | 'content';
	/** Why the row counts differ, or were not compared; only with `unverified`. */
	readonly verificationNote?: string;
	/** PDP is on for the DataSet. Absent when it is off. */
	readonly pdpEnabled?: true;
	/** Whose rows the file then holds, as a sentence. */
	readonly pdpNote?: string;
	/** Of the file, in lower-case hex; absent when there are several. */
	readonly sha256?: string;
	/** Every part, in order. */
	readonly files: readonly WrittenFile[];
	/** Address of the done file; absent when there is none. */
	readonly doneFile?: string;
	/** How many attempts it took. */
	readonly tries: number;
	readonly bytesPerSecond: number;
	/** What the destination would not do, or did another way. */
	readonly notes?: readonly string[];
	/** Part files that interrupted writebacks to this target had left and that were removed; absent when there were none. */
	readonly orphansRemoved?: readonly string[];
}

/** What a writeback says that had nothing to do. */
export interface Skipped extends ReceiptHeader {
	readonly skipped: SkipReason;
	/** The same as a sentence. */
	readonly skippedNote: string;
	/** Only with `noRows`: rows read from the export. */
	readonly rowsRead?: number;
	/** Only with `noRows`, and as in a receipt: its value is null. */
	readonly highest?: Highest;
	/** Only with `noRows`: as in a receipt. */
	readonly rowsExpected?: number;
	readonly verificationNote?: string;
	/** What could not be removed of files that were begun. */
	readonly notes?: readonly string[];
}

/** Which DataSet, where to and since when. */
export interface ReceiptContext {
	readonly dataSet: DataSet;
	readonly destination: DestinationKind;
	readonly startedAt: Date;
}

/** What was published. */
export interface Published extends RowVerdict {
	readonly files: readonly [WrittenFile, ...WrittenFile[]];
	readonly rows: number;
	readonly rowsRead?: number;
	readonly highest?: Highest;
	readonly doneFile?: string;
	readonly removed: readonly string[];
	readonly notes: readonly string[];
	readonly verifiedBy: Receipt['verifiedBy'];
	readonly tries: number;
}

/** Writes the receipt of a writeback that was published just now. */
export function receiptOf(context: ReceiptContext, published: Published): Receipt {
	const { files, rows, rowsRead, highest, rowsExpected, note, doneFile, removed, notes, verifiedBy, tries } = published;
	const bytes = files.reduce((total, file) => total + file.bytes, 0);
	const header = headerOf(context, files[0]);
	return {
		...header,
		bytes,
		rows,
		...(rowsRead !== undefined && { rowsRead }),
		...(highest && { highest }),
		...(rowsExpected !== undefined && { rowsExpected }),
		verification: note === undefined ? 'verified' : 'unverified',
		verifiedBy,
		...(note !== undefined && { verificationNote: note }),
		...(context.dataSet.pdpEnabled && { pdpEnabled: true, pdpNote: PDP_NOTE }),
		...(files.length === 1 && { sha256: files[0].sha256 }),
		files,
		...(doneFile !== undefined && { doneFile }),
		tries,
		bytesPerSecond: Math.round((bytes * 1000) / header.durationMs),
		...(notes.length > 0 && { notes }),
		...(removed.length > 0 && { orphansRemoved: removed }),
	};
}

/** Domo does not filter the rows of Admins, owners, and users who may manage the DataSet. */
const PDP_NOTE =
	"PDP is on for this DataSet. The file holds the rows that this Domo client may see, which are all rows if the client's user is an Admin, owns the DataSet, or has Manage DataSet. These can be more rows than the reader of the file may see.";

const SKIP_NOTES: Readonly<Record<SkipReason, string>> = {
	unchanged: 'The DataSet has not changed since this file was written.',
	exists: 'The target already exists.',
	noRows: "There are no rows to write, and 'If No Rows' is Skip.",
};

/** Writes the receipt of a writeback that left its target as it is. */
export function skippedOf(context: ReceiptContext, place: Destination, file: Target, skipped: SkipReason): Skipped {
	const header = headerOf(context, { target: place.describe(file), fileName: file.fileName });
	return { ...header, skipped, skippedNote: SKIP_NOTES[skipped] };
}

function headerOf(
	{ dataSet, destination, startedAt }: ReceiptContext,
	file: Pick<ReceiptHeader, 'target' | 'fileName'>,
): ReceiptHeader {
	return {
		dataSetId: dataSet.id,
		dataSetName: dataSet.name,
		destination,
		target: file.target,
		fileName: file.fileName,
		startedAt: startedAt.toISOString(),
		durationMs: Math.max(1, Date.now() - startedAt.getTime()),
	};
}

const LATER_WRITEBACK = 'a later writeback to this target removes it';

/** What removes a file that a try has left behind. n8n keeps binary data for as long as the execution that made it. */
const END_OF_LEFTOVERS: Readonly<Record<DestinationKind, string>> = {
	sftp: LATER_WRITEBACK,
	azureBlob: LATER_WRITEBACK,
	binary: 'n8n removes it with this execution',
};

/** What a receipt says of files that the last try has begun and could not remove. */
export function leftoverNotes(names: readonly string[], kind: DestinationKind): readonly string[] {
	return names.map((name) => `${sanitize(name)} could not be removed; ${END_OF_LEFTOVERS[kind]}.`);
}

/** The receipt, which also names what earlier tries could not remove. */
export function withLeftoverNotes<T extends Receipt | Skipped>(
	receipt: T,
	names: readonly string[],
	kind: DestinationKind,
): T {
	const removed = 'orphansRemoved' in receipt ? receipt.orphansRemoved : undefined;
	const stays = names.filter((name) => removed?.includes(name) !== true);
	if (stays.length === 0) return receipt;
	const more = stays.map(
		(name) =>
			`${sanitize(name)} of an interrupted try could not be removed; if it is still there, ${END_OF_LEFTOVERS[kind]}.`,
	);
	return { ...receipt, notes: [...(receipt.notes ?? []), ...more] };
}
