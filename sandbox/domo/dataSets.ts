import { columns } from './dataSet';
import type { About, SandboxDataSet } from './dataSet';
import type { SizedDataSet } from './numbered';
import { numbered } from './numbered';
import type { Cell } from './table';
import { table } from './table';

export { awkward, awkwardNulls } from './awkward';

/** What a size is asked in: a number of bytes, and anything that tells two DataSets apart. */
export type Sized = About & { readonly bytes: number };

/** No rows: a header and nothing else. */
export function empty(about: About = {}): SandboxDataSet {
	return table({ name: 'Nothing yet', columns: PLAIN_COLUMNS, rows: 0, record: () => [] }, about);
}

export function oneRow(about: About = {}): SandboxDataSet {
	return table({ name: 'One row', columns: PLAIN_COLUMNS, rows: 1, record: plainRecord }, about);
}

/** Its last byte is the last character of the last cell. */
export function noFinalNewline(about: About = {}): SandboxDataSet {
	const name = 'No newline at the end';
	return table({ name, columns: PLAIN_COLUMNS, rows: 3, record: plainRecord, finalNewline: false }, about);
}

export function wide(width = 1500, rows = 20, about: About = {}): SandboxDataSet {
	const names = Array.from({ length: width }, (_, index) => `Column ${index + 1}`);
	const record = (row: number): Cell[] => names.map((_, index) => `r${row + 1}c${index + 1}`);
	const name = `${width} columns`;
	return table({ name, columns: names.map((text) => ({ name: text, type: 'STRING' })), rows, record }, about);
}

/** Streamed, whatever the size; each record has its own number, so a lost, doubled or moved piece changes the file. */
export function large({ bytes, ...about }: Sized): SizedDataSet {
	const columnsOf = columns({
		id: 'LONG',
		customer: 'STRING',
		city: 'STRING',
		amount: 'DECIMAL',
		at: 'DATETIME',
		note: 'STRING',
	});
	return numbered({ name: `Large, ${bytes} bytes`, bytes, columns: columnsOf, tail: order }, about);
}

/** As `large`, with doubled quotes, commas, LF and CRLF inside quoted fields of every record. */
export function manyQuotes({ bytes, ...about }: Sized): SizedDataSet {
	const tail = (index: number): string => `,"${index}"" wide,\nsecond line\r\nthird ""line""","",\u00e9${index}`;
	const columnsOf = columns({ id: 'LONG', text: 'STRING', blank: 'STRING', word: 'STRING' });
	return numbered({ name: `Many quotes, ${bytes} bytes`, bytes, columns: columnsOf, tail }, about);
}

/** Many small DataSets to page through; every third name has an apostrophe, every fourth has no description. */
export function catalogue(count = 125): SandboxDataSet[] {
	return Array.from({ length: count }, (_, index) => {
		const number = String(index + 1).padStart(3, '0');
		const name = index % 3 === 0 ? `Region's sales ${number}` : `Sales, region ${number}`;
		const day = new Date(Date.UTC(2025, 0, 1 + ((index * 37) % count))).toISOString().slice(0, 10);
		const dates = { updatedAt: `${day}T06:00:00.567Z`, dataCurrentAt: `${day}T05:59:00.089Z` };
		const about = index % 4 === 3 ? dates : { ...dates, description: `Sales of region ${number}` };
		return table({ name, columns: PLAIN_COLUMNS, rows: index, record: plainRecord }, about);
	});
}

const PLAIN_COLUMNS = columns({ id: 'LONG', name: 'STRING', amount: 'DECIMAL' });

function plainRecord(index: number): readonly Cell[] {
	return [String(index + 1), `Name ${index + 1}`, `${index}.50`];
}

/** Different enough from record to record that neither a compressor nor a lazy comparison gets it for nothing. */
function order(index: number): string {
	const mixed = Math.imul(index + 1, 0x9e3779b1) >>> 0;
	const city = ['Zürich', 'Salt Lake City', 'São Paulo', '東京', 'Wien'][index % 5] ?? '';
	const time = `2025-${String((index % 12) + 1).padStart(2, '0')}-11T0${index % 10}:15:00`;
	const note =
		index % 7 === 0 ? '"held, see ""notes"""' : `ref ${mixed.toString(36)} ${(mixed ^ 0x5bd1e995).toString(36)}`;
	return `,Customer ${mixed % 100_000},${city},${((mixed % 1_000_000) / 100).toFixed(2)},${time},${note}`;
}
