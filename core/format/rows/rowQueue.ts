import type { Row } from '../csv/row';

/** Rows on their way from batches into parts. */
export class RowQueue {
	private readonly batches: AsyncIterator<readonly Row[]>;
	private rows: readonly Row[] = [];
	private taken = 0;

	constructor(batches: AsyncIterable<readonly Row[]>) {
		this.batches = batches[Symbol.asyncIterator]();
	}

	/** Whether no row is left; waits for the next one to come. */
	async isEmpty(): Promise<boolean> {
		while (this.taken >= this.rows.length) {
			const next = await this.batches.next();
			if (next.done === true) return true;
			this.rows = next.value;
			this.taken = 0;
		}
		return false;
	}

	/** The next rows, as many as are here and no more than `most`. They stay until they are taken. */
	next(most: number): readonly Row[] {
		const end = Math.min(this.rows.length, this.taken + most);
		return this.taken === 0 && end === this.rows.length ? this.rows : this.rows.slice(this.taken, end);
	}

	take(count: number): void {
		this.taken += count;
	}

	/** Ends the source, too. */
	async end(): Promise<void> {
		this.rows = [];
		await this.batches.return?.();
	}
}
