import { openFormatter } from '../../../core/format/formatter';
import { columnsOf, EVERY_COLUMN, faultOf, fleeting } from './rows';
import { readBack } from './parquetFile';
import type { RowOptions } from '../../../core/format/formatOptions';

const SCHEMA = columnsOf('id:LONG', 'amount:DECIMAL', 'at:DATETIME');
const EXPORT = 'id,amount,at\n7,1E-30,soon\n,"",2019-03-19T18:49:02\n';

const writers = {
	parquet: { kind: 'parquet', codec: 'uncompressed' },
	jsonLines: { kind: 'jsonLines', encoding: 'utf8', onUnmappable: 'refuse', includeBom: false, lineFeed: '\n' },
} as const;

async function filesOf(format: keyof typeof writers, asText: readonly string[], more: Partial<RowOptions> = {}) {
	const columns = { ...EVERY_COLUMN, asText };
	const rows = { columns, cells: { timeZone: 'UTC', escapeFormulas: true }, writer: writers[format], ...more };
	const formatter = await openFormatter({ format, compression: 'none', rows }, SCHEMA);
	const files: Buffer[] = [];
	for await (const { body } of formatter.parts(fleeting([Buffer.from(EXPORT)]), { entry: String, asOf: new Date(0) })) {
		const pieces: Buffer[] = [];
		for await (const piece of body) pieces.push(Buffer.from(piece));
		files.push(Buffer.concat(pieces));
	}
	return { files, columns: formatter.columns };
}

test('a column that Parquet keeps as text has every character of Domo', async () => {
	const { files, columns } = await filesOf('parquet', ['amount', 'at']);
	const { rows } = await readBack(files[0] ?? Buffer.alloc(0));
	expect(rows).toEqual([
		{ id: 7n, amount: '1E-30', at: 'soon' },
		{ id: null, amount: '', at: '2019-03-19T18:49:02' },
	]);
	expect(columns.map(({ type }) => type)).toEqual(['LONG', 'STRING', 'STRING']);
});

test('JSON Lines has such a column as strings', async () => {
	const { files } = await filesOf('jsonLines', ['id', 'amount']);
	expect(String(files[0])).toBe(
		'{"id":"7","amount":"1E-30","at":"soon"}\n{"id":null,"amount":"","at":"2019-03-19T18:49:02"}\n',
	);
});

test('a number that is kept as text is no formula', async () => {
	const { files } = await filesOf('jsonLines', ['id']);
	expect(String(files[0])).not.toContain("'");
});

test('without it, the cell is refused by its row in the whole export, and the way out is named', async () => {
	const fault = await faultOf(async () => await filesOf('parquet', ['amount'], { rowsPerPart: 1 }));
	expect(fault).toMatchObject({
		message: 'Format: row 1, column "at" holds "soon", which is not a time like 2025-01-31T18:49:02',
		hint: expect.stringContaining('Text Column Names or IDs'),
	});
});

test('rows are counted over all parts', async () => {
	const inverted = columnsOf('id:LONG', 'amount:STRING', 'at:STRING');
	const rows: RowOptions = {
		columns: EVERY_COLUMN,
		cells: { timeZone: 'UTC', escapeFormulas: false },
		writer: writers.parquet,
		rowsPerPart: 2,
	};
	const formatter = await openFormatter({ format: 'parquet', compression: 'none', rows }, inverted);
	const source = fleeting([Buffer.from('id,amount,at\n1,,\n2,,\n3,,\nfour,,\n')]);
	const fault = await faultOf(async () => {
		for await (const { body } of formatter.parts(source, { entry: String, asOf: new Date(0) }))
			for await (const piece of body) void piece;
	});
	expect(fault.message).toContain('row 4, column "id" holds "four"');
});
