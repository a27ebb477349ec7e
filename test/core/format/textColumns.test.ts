import { readDateFormat } from '../../../core/support/datePattern';
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

test('a time that is kept as text stays as Domo writes it, whatever the format of others', async () => {
	const schema = columnsOf('sent:DATETIME', 'kept:DATETIME', 'note');
	const cells = {
		dateTimeFormat: readDateFormat('dd.MM.yyyy HH:mm', 'X'),
		timeZone: 'Europe/Vienna',
		escapeFormulas: true,
	};
	const columns = { ...EVERY_COLUMN, asText: ['kept', 'note'] };
	const rows = { columns, cells, writer: writers.jsonLines };
	const formatter = await openFormatter({ format: 'jsonLines', compression: 'none', rows }, schema);
	const at = '2019-03-19T18:49:02.5';
	const source = fleeting([Buffer.from(`sent,kept,note\n${at},${at},=1\n,,\n`)]);
	const lines: string[] = [];
	for await (const { body } of formatter.parts(source, { entry: String, asOf: new Date(0) })) {
		for await (const piece of body) lines.push(String(piece));
	}
	expect(lines.join('')).toBe(
		`{"sent":"19.03.2019 19:49","kept":"${at}","note":"'=1"}\n{"sent":null,"kept":null,"note":null}\n`,
	);
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
