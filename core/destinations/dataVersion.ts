import { createHash } from 'node:crypto';

/** What tells one state of a DataSet's data from another. */
export interface DataVersion {
	readonly dataSetId: string;
	/** When Domo last updated the DataSet. */
	readonly asOf: Date;
	readonly dataCurrentAt?: Date;
	/** Rows that Domo lists. */
	readonly rows?: number;
	/** Tells which rows are written; absent for all of them. */
	readonly selection?: string;
}

/** The last second that every server can keep: the times of SFTP version 3 have 32 bits, and some file systems take one for the sign. */
const LAST = 0x7fff_ffff;
const BITS = 0x0fff_ffff;

/**
 * A data version as a time of access, in seconds: the only attribute that an SFTP server keeps for a file and that isn't otherwise needed. It lies years ahead,
 * because servers put the present there when a file with an older one is read (mount(8), relatime). From July 2029 on such readers make
 * Only If Changed copy once more.
 */
export function fingerprintOf({ dataSetId, asOf, dataCurrentAt, rows, selection }: DataVersion): number {
	const text = JSON.stringify([dataSetId, asOf, dataCurrentAt ?? '', rows ?? '', ...(selection ? [selection] : [])]);
	return LAST - (createHash('sha256').update(text).digest().readUInt32BE() & BITS);
}

/** Whether a time of access may be a data version: files that were read have earlier ones. */
export function isFingerprint(seconds: number): boolean {
	return seconds >= LAST - BITS && seconds <= LAST;
}
