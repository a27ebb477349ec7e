import { BareReturns } from './bareReturns';
import { RecordCount } from './recordCounter';

/** Counts of a stream of CSV with a header row. */
export interface RowTally {
	readonly bytes: number;
	/** Records without the header row; a line break inside quotes is not a row. */
	readonly rows: number;
}

/** Counts what passes through. */
export interface RowMeter {
	/** Passes the chunks on, each counted first. */
	through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
	/** Counts so far. */
	tally(): RowTally;
	/** Carriage returns so far that many readers take for the end of a row, though Domo does not. */
	bareReturns(): number;
}

export function rowMeter(): RowMeter {
	const count = new RecordCount();
	const returns = new BareReturns();
	let bytes = 0;
	return {
		async *through(source) {
			for await (const chunk of source) {
				bytes += chunk.length;
				returns.add(chunk, count.isInsideQuotes);
				count.add(chunk);
				yield chunk;
			}
		},
		tally: () => ({ bytes, rows: Math.max(0, count.records - 1) }),
		bareReturns: () => returns.count,
	};
}
