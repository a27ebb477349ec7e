import { setImmediate } from 'node:timers/promises';
import type { Row } from '../csv/row';
import { CellError } from './cellError';
import { RowQueue } from './rowQueue';
import type { OpenRowWriter, RowWriter } from './rowWriter';
import type { Column } from '../../domo/schema';
import type { ByteStream } from '../../support/byteStream';
import { freeBuffer } from '../../support/memory';

/** The most that is handed on at once. */
const SHARE_BYTES = 256 * 1024;

/** The most that one part holds; without either there is one part. */
export interface SplitLimits {
	/** Data rows. */
	readonly rows?: number;
	/** Bytes before compression, header included. */
	readonly bytes?: number;
}

/** One file of a split export. */
export interface Part {
	/** From 1. */
	readonly number: number;
	/** Read it to its end before the next part is asked for; a chunk is valid until the next one is asked for. */
	readonly body: ByteStream;
	/** Data rows written so far. */
	rows(): number;
}

/**
 * Writes rows into as many files as the limits ask for, each with its own header; without rows, into one that has only that. A part exceeds
 * `bytes` when a single row does. A format that is not written row by row (Parquet) comes close to it: what it holds is counted, too. Whatever ends early, a part or the parts, ends the source; what it throws comes out of a body.
 */
export async function* splitRows(
	batches: AsyncIterable<readonly Row[]>,
	columns: readonly Column[],
	open: OpenRowWriter,
	limits: SplitLimits,
): AsyncGenerator<Part> {
	const queue = new RowQueue(batches);
	let before = 0;
	let number = 0;
	try {
		do {
			const part = new PartBody(queue, open(columns), limits, before);
			yield { number: (number += 1), body: part.read(), rows: () => part.rows };
			if (!part.over) throw new Error('A part was not read to its end');
			before += part.rows;
		} while (!(await queue.isEmpty()));
	} finally {
		await queue.end();
	}
}

/** Fills one part from the queue. */
class PartBody {
	rows = 0;
	over = false;
	private bytes = 0;

	constructor(
		private readonly queue: RowQueue,
		private readonly writer: RowWriter,
		private readonly limits: SplitLimits,
		private readonly before: number,
	) {}

	async *read(): AsyncGenerator<Buffer> {
		try {
			yield* this.counted([this.writer.open()]);
			while (!this.isFull() && !(await this.queue.isEmpty())) {
				const written = this.limits.bytes === undefined ? this.batch() : this.fitting(this.limits.bytes);
				if (written === undefined) break;
				yield* this.counted(written);
			}
			// For a wide table each of these takes a good part of what others may wait.
			await setImmediate();
			yield* this.counted(this.writer.close());
			if (this.writer.finish !== undefined) {
				await setImmediate();
				yield* this.counted(this.writer.finish());
			}
			this.over = true;
		} finally {
			if (!this.over) await this.queue.end();
		}
	}

	private isFull(): boolean {
		const { rows = Infinity, bytes = Infinity } = this.limits;
		return this.rows >= rows || (this.rows > 0 && this.bytes + (this.writer.held ?? 0) >= bytes);
	}

	private *counted(pieces: readonly Buffer[]): Generator<Buffer> {
		this.bytes += lengthOf(pieces);
		for (const piece of pieces) {
			// What is hashed and encrypted at once keeps everybody else waiting.
			for (let index = 0; index < piece.length; index += SHARE_BYTES) yield piece.subarray(index, index + SHARE_BYTES);
			freeBuffer(piece);
		}
	}

	private batch(): readonly Buffer[] {
		const rows = this.queue.next(this.room());
		const written = this.write(rows);
		this.took(rows.length);
		return written;
	}

	/** As `batch`, but only the rows that fit; undefined when none does. */
	private fitting(limit: number): readonly Buffer[] | undefined {
		if (this.writer.independent !== true) return this.batch();
		const rows = this.queue.next(this.room());
		const all = this.write(rows);
		if (this.bytes + lengthOf(all) <= limit) {
			this.took(rows.length);
			return all;
		}
		return this.oneByOne(rows, limit - this.bytes);
	}

	private oneByOne(rows: readonly Row[], space: number): readonly Buffer[] | undefined {
		const pieces: Buffer[] = [];
		let bytes = 0;
		for (const row of rows) {
			const written = this.write([row]);
			// One row that is larger than a part has a part of its own.
			if (bytes + lengthOf(written) > space && this.rows > 0) break;
			bytes += lengthOf(written);
			pieces.push(...written);
			this.took(1);
		}
		return pieces.length === 0 ? undefined : [Buffer.concat(pieces)];
	}

	private room(): number {
		return Math.min((this.limits.rows ?? Infinity) - this.rows, this.writer.mostRows ?? Infinity);
	}

	private took(rows: number): void {
		this.queue.take(rows);
		this.rows += rows;
	}

	/** A fault in a cell names the row as the whole export counts it. */
	private write(rows: readonly Row[]): readonly Buffer[] {
		try {
			return this.writer.write(rows);
		} catch (fault) {
			throw fault instanceof CellError ? fault.after(this.before + this.rows) : fault;
		}
	}
}

function lengthOf(pieces: readonly Buffer[]): number {
	return pieces.reduce((bytes, { length }) => bytes + length, 0);
}
