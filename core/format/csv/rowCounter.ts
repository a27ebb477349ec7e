import { BareReturns } from './bareReturns';
import { RecordCounter } from './recordCounter';

/** Counts of a stream of CSV with a header row. */
export interface RowCounts {
	readonly bytes: number;
	/** Records without the header row; a line break inside quotes is not a row. */
	readonly rows: number;
}

/** Counts what passes through. */
export interface RowCounter {
	/** Passes the chunks on, each counted first. */
	measure(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
	/** Counts so far. */
	counts(): RowCounts;
	/** Carriage returns so far that many readers take for the end of a row, though Domo does not. */
	bareReturns(): number;
}

/** Calls `onCount` with the counts after each chunk, before the chunk is passed on. */
export function rowCounter(onCount?: (counts: RowCounts) => void): RowCounter {
	const count = new RecordCounter();
	const returns = new BareReturns();
	let bytes = 0;
	const counts = () => ({ bytes, rows: Math.max(0, count.records - 1) });
	return {
		async *measure(source) {
			for await (const chunk of source) {
				bytes += chunk.length;
				returns.add(chunk, count.isInsideQuotes);
				count.add(chunk);
				onCount?.(counts());
				yield chunk;
			}
		},
		counts,
		bareReturns: () => returns.count,
	};
}
