import type { DataSet } from './domo/dataSet';
import { type Tally } from './format/tally';

/** What a finished writeback says: the fields of the output item. */
export interface Receipt {
	readonly dataSetId: string;
	readonly dataSetName: string;
	readonly destination: 'sftp' | 'azureBlob';
	/** `sftp://host:port/path` or the blob's https address, without any secret. */
	readonly target: string;
	readonly fileName: string;
	readonly bytes: number;
	/** Rows counted in the stream, header not included. */
	readonly rows: number;
	/** Rows that Domo listed. */
	readonly rowsExpected: number;
	readonly verification: 'verified' | 'unverified';
	/** Why the row counts differ although nothing went wrong; only with `unverified`. */
	readonly verificationNote?: string;
	/** Of the file, in lower-case hex. */
	readonly sha256: string;
	/** How many attempts it took. */
	readonly tries: number;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly durationMs: number;
	readonly bytesPerSecond: number;
	/** Part files that interrupted writebacks to this target had left and that were removed; absent when there were none. */
	readonly orphansRemoved?: readonly string[];
}

export interface Finished {
	readonly dataSet: DataSet;
	readonly destination: Receipt['destination'];
	readonly target: string;
	readonly fileName: string;
	readonly tally: Tally;
	readonly removed: readonly string[];
	readonly rowsExpected: number;
	readonly note?: string;
	readonly tries: number;
	readonly startedAt: Date;
}

/** Writes the receipt of a writeback that was published just now. */
export function receiptOf({
	dataSet,
	destination,
	target,
	fileName,
	tally,
	removed,
	rowsExpected,
	note,
	tries,
	startedAt,
}: Finished): Receipt {
	const durationMs = Math.max(1, Date.now() - startedAt.getTime());
	return {
		dataSetId: dataSet.id,
		dataSetName: dataSet.name,
		destination,
		target,
		fileName,
		bytes: tally.bytes,
		rows: tally.rows,
		rowsExpected,
		verification: note === undefined ? 'verified' : 'unverified',
		...(note === undefined ? {} : { verificationNote: note }),
		sha256: tally.sha256,
		tries,
		startedAt: startedAt.toISOString(),
		durationMs,
		bytesPerSecond: Math.round((tally.bytes * 1000) / durationMs),
		...(removed.length === 0 ? {} : { orphansRemoved: removed }),
	};
}
