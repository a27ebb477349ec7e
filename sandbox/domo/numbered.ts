import type { About, Column, SandboxDataSet } from './dataSet';
import { dataSet } from './dataSet';
import { headerLine } from './table';

export interface SizedDataSet extends SandboxDataSet {
	/** The size of a whole export with its header, as long as the DataSet doesn't change. */
	readonly bytes: number;
}

export interface NumberedOptions {
	readonly name: string;
	/** The least the export with its header comes to; it is less than one record more. */
	readonly bytes: number;
	/** The first is the record number. */
	readonly columns: readonly Column[];
	/** What follows the record number, comma first; the same again in every block. */
	readonly tail: (index: number) => string;
}

/** Three decimal digits count inside a block, so only the digits in front of them are rewritten. */
const BLOCK_ROWS = 1000;
/** Ten digits from the start: a record never changes its length. */
const FIRST_BLOCK = 1_000_000_000;

/** A DataSet of any size at the speed of copying memory. No two records are alike. */
export function numbered(options: NumberedOptions, about: About = {}): SizedDataSet {
	const block = prebuilt(options.tail);
	const header = Buffer.from(headerLine(options.columns));
	const rows = rowsFor(block, options.bytes - header.length);
	return {
		...dataSet({
			name: options.name,
			columns: options.columns,
			rows,
			...about,
			*csv(wanted) {
				if (wanted.header) yield Buffer.from(headerLine(this.columns));
				yield* blocks(block, wanted.rows);
			},
		}),
		bytes: header.length + bytesFor(block, about.rows ?? rows),
	};
}

interface Block {
	readonly text: Buffer;
	/** Where each record begins, and at the end the length of the block. */
	readonly starts: readonly number[];
}

function prebuilt(tail: (index: number) => string): Block {
	const starts = [0];
	const records: Buffer[] = [];
	for (let index = 0; index < BLOCK_ROWS; index++) {
		const record = Buffer.from(`${FIRST_BLOCK}${String(index).padStart(3, '0')}${tail(index)}\n`);
		records.push(record);
		starts.push(start(starts, index) + record.length);
	}
	return { text: Buffer.concat(records), starts };
}

function* blocks(block: Block, rows: number): Iterable<Buffer> {
	const current = Buffer.from(block.text);
	for (let done = 0; done < rows; done += BLOCK_ROWS) {
		if (done > 0) renumber(current, block.starts, FIRST_BLOCK + done / BLOCK_ROWS);
		// A copy: what was yielded may still wait in a socket while the next block is numbered.
		yield Buffer.from(current.subarray(0, start(block.starts, Math.min(BLOCK_ROWS, rows - done))));
	}
}

function renumber(current: Buffer, starts: readonly number[], number: number): void {
	const digits = String(number);
	const before = String(number - 1);
	let from = 0;
	while (digits[from] === before[from]) from++;
	for (let index = 0; index < BLOCK_ROWS; index++) {
		const at = start(starts, index);
		for (let digit = from; digit < digits.length; digit++) current[at + digit] = digits.charCodeAt(digit);
	}
}

function rowsFor(block: Block, bytes: number): number {
	const whole = Math.max(0, Math.floor(bytes / block.text.length));
	const rest = bytes - whole * block.text.length;
	return (
		whole * BLOCK_ROWS +
		Math.max(
			0,
			block.starts.findIndex((at) => at >= rest),
		)
	);
}

function bytesFor(block: Block, rows: number): number {
	return Math.floor(rows / BLOCK_ROWS) * block.text.length + start(block.starts, rows % BLOCK_ROWS);
}

function start(starts: readonly number[], index: number): number {
	return starts[index] ?? 0;
}
