import type { DataSet } from '../domo/dataSet';
import { createSemaphore } from '../support/semaphore';

/** How many items may run at once; `auto` lets many small or a few large ones. */
export type ItemConcurrency = number | 'auto';

/** Lets items run side by side, in the order they come. */
export interface ItemLimiter {
	/** How many may be looked at at once. */
	readonly maxConcurrent: number;
	/** Waits for a DataSet's turn; call the result when it is done. Rejects with `cancelled`. */
	acquireSlot(dataSet: DataSet, signal: AbortSignal): Promise<() => void>;
}

/** Small items are bound by round trips, so many of them pay: one of the four that each takes is for reading back what was written. Two large ones fill a line. */
const SMALL_AT_ONCE = 12;
const LARGE_AT_ONCE = 2;

/** From here a DataSet counts as large. Domo tells rows and columns, not bytes: a cell of a CSV is about this long. */
const LARGE_BYTES = 8 * 1024 * 1024;
const CELL_BYTES = 8;

export function itemLimiter(concurrency: ItemConcurrency): ItemLimiter {
	const maxConcurrent = concurrency === 'auto' ? SMALL_AT_ONCE : concurrency;
	const semaphore = createSemaphore(maxConcurrent);
	const weight = (dataSet: DataSet) => (concurrency === 'auto' && isLarge(dataSet) ? SMALL_AT_ONCE / LARGE_AT_ONCE : 1);
	return {
		maxConcurrent,
		acquireSlot: async (dataSet, signal) => await semaphore.acquire(weight(dataSet), signal),
	};
}

/** Whether a DataSet is expected to come to 8 MiB or more. One that may be of any size counts as large. */
export function isLarge({ rows = Infinity, columns = 1 }: Pick<DataSet, 'rows' | 'columns'>): boolean {
	return rows * Math.max(1, columns) * CELL_BYTES >= LARGE_BYTES;
}

/** A DataSet as far as it is written. */
export function upTo<T extends Pick<DataSet, 'rows' | 'columns'>>(dataSet: T, mostRows: number): T {
	return mostRows < (dataSet.rows ?? Infinity) ? { ...dataSet, rows: mostRows } : dataSet;
}
