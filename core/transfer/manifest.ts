import type { DataSet } from '../domo/dataSet';
import type { Column } from '../domo/schema';
import type { WrittenFile } from './writtenFile';

/** What a manifest tells about the writeback it ends. */
export interface Manifest {
	readonly dataSet: DataSet;
	/** Of the files. */
	readonly columns: readonly Column[];
	readonly files: readonly WrittenFile[];
	readonly verification: 'verified' | 'unverified';
	readonly startedAt: Date;
}

/** A manifest as JSON, with a line break at its end. Times are ISO 8601, UTC. */
export function manifest({ dataSet, columns, files, verification, startedAt }: Manifest): Buffer {
	const { id, name, updatedAt, dataCurrentAt } = dataSet;
	const sum = (pick: (file: WrittenFile) => number) => files.reduce((total, file) => total + pick(file), 0);
	const content = {
		dataSet: { id, name, updatedAt, dataCurrentAt },
		schema: columns,
		rows: sum(({ rows }) => rows),
		bytes: sum(({ bytes }) => bytes),
		verification,
		startedAt: startedAt.toISOString(),
		writtenAt: new Date().toISOString(),
		// Without the address, which every reader of the files already knows.
		files: files.map((file) => ({ ...file, target: undefined })),
	};
	return Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
}
