import { createHash } from 'node:crypto';
import { RecordCount } from './recordCount';

/** What went through a stream of CSV. */
export interface Tally {
	readonly bytes: number;
	/** Records without the header row; a line break inside quotes is not a row. */
	readonly rows: number;
	/** Of all bytes, in lower-case hex. */
	readonly sha256: string;
}

/** A stream's tally while it runs. */
export interface Measure {
	/** Passes the chunks on, each measured first. */
	through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
	/** Counts so far, without the hash. */
	soFar(): { readonly bytes: number; readonly rows: number };
	/** Call it once, after the end. */
	total(): Tally;
}

export function measure(): Measure {
	const hash = createHash('sha256');
	const count = new RecordCount();
	let bytes = 0;
	const rows = () => Math.max(0, count.records - 1);
	return {
		async *through(source) {
			for await (const chunk of source) {
				bytes += chunk.length;
				count.add(chunk);
				hash.update(chunk);
				yield chunk;
			}
		},
		soFar: () => ({ bytes, rows: rows() }),
		total: () => ({ bytes, rows: rows(), sha256: hash.digest('hex') }),
	};
}
