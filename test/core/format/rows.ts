import * as fc from 'fast-check';
import type { Column } from '../../../core/domo/schema';
import { WritebackError } from '../../../core/support/errors';
import type { ColumnSelection, DelimitedOptions } from '../../../core/format/formatOptions';
import { readCsv } from '../../../core/format/csv/csvReader';
import type { Cell, Row } from '../../../core/format/csv/row';
import type { OpenRowWriter } from '../../../core/format/rows/rowWriter';

/** Pieces that are overwritten as soon as the next one is asked for, as an export's are freed. */
export async function* fleeting(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
	for (const piece of pieces) {
		const lent = Buffer.from(piece);
		yield lent;
		lent.fill(0xff);
	}
}

export async function readAll(pieces: Iterable<Buffer>): Promise<Row[]> {
	const rows: Row[] = [];
	for await (const batch of readCsv(fleeting(pieces))) rows.push(...batch);
	return rows;
}

export async function readText(text: string): Promise<Row[]> {
	return await readAll([Buffer.from(text)]);
}

/** What it rejects or throws with, which must be a WritebackError. */
export async function faultOf(work: () => unknown): Promise<WritebackError> {
	const fault: unknown = await Promise.resolve()
		.then(work)
		.then(
			() => undefined,
			(reason: unknown) => reason,
		);
	if (fault instanceof WritebackError) return fault;
	throw fault ?? new Error('Nothing was thrown');
}

/** STRING columns of these names, unless a type follows a colon. */
export function columnsOf(...names: readonly string[]): Column[] {
	return names.map((text) => {
		const [name = '', type = 'STRING'] = text.split(':');
		return { name, type: type as Column['type'] };
	});
}

export const EVERY_COLUMN: ColumnSelection = {
	kind: 'all',
	names: [],
	order: 'asListed',
	renamed: [],
	dropBatchColumns: false,
};

export const PLAIN: DelimitedOptions = {
	kind: 'delimited',
	encoding: 'utf8',
	onUnmappable: 'refuse',
	includeBom: false,
	header: true,
	delimiter: ',',
	quote: '"',
	quoteMode: 'needed',
	escape: '"',
	lineFeed: '\n',
	nullValue: '',
};

/** The bytes of one file. */
export function written(open: OpenRowWriter, columns: readonly Column[], rows: readonly Row[]): Buffer {
	const writer = open(columns);
	return Buffer.concat([writer.open(), ...writer.write(rows), ...writer.close(), ...(writer.finish?.() ?? [])]);
}

/** The last ones share bytes with a byte order mark, which is among them. */
const PIECES = [
	'"',
	',',
	';',
	'|',
	'\n',
	'\r\n',
	'\r',
	' ',
	'x',
	'0',
	'é',
	'漢',
	'😀',
	'\\',
	'\\N',
	'NULL',
	"'",
	'\t',
	'»',
	'ÿ',
	'ﻻ',
	'\ufeff',
];

const aCell: fc.Arbitrary<Cell> = fc.oneof(
	{ weight: 1, arbitrary: fc.constant(null) },
	{ weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')) },
);

/** Rows of the same width. */
export const aTable: fc.Arbitrary<Cell[][]> = fc
	.integer({ min: 1, max: 4 })
	.chain((width) => fc.array(fc.array(aCell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));

export interface CsvForm {
	readonly lineEnd: string;
	readonly quoteAll: boolean;
	readonly null: string;
	readonly finalLineEnd: boolean;
}

export const aCsvForm: fc.Arbitrary<CsvForm> = fc.record({
	lineEnd: fc.constantFrom('\n', '\r\n'),
	quoteAll: fc.boolean(),
	null: fc.constantFrom('', '\\N'),
	finalLineEnd: fc.boolean(),
});

/** A table as Domo might export it. */
export function csvOf(table: readonly Row[], form: CsvForm): string {
	const cell = (text: Cell) => {
		if (text === null) return form.null;
		const quoted = form.quoteAll || text === '' || text === '\\N' || /[",\r\n\ufeff]/.test(text);
		return quoted ? `"${text.replaceAll('"', '""')}"` : text;
	};
	const lines = table.map((row) => row.map(cell).join(','));
	// Without a line end after it, an empty last line would be no record at all.
	const ended = form.finalLineEnd || lines.at(-1) === '';
	return lines.join(form.lineEnd) + (ended ? form.lineEnd : '');
}
