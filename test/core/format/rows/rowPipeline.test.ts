import { readDateFormat } from '../../../../core/support/datePattern';
import type { Column } from '../../../../core/domo/schema';
import { selectColumns } from '../../../../core/format/rows/columnSelection';
import type { Row } from '../../../../core/format/csv/row';
import { formatRows, type PipelineOptions } from '../../../../core/format/rows/rowPipeline';
import { openDelimited } from '../../../../core/format/text/delimitedWriter';
import { openJsonLines } from '../../../../core/format/text/jsonLinesWriter';
import { awkward, awkwardNulls, large } from '../../../../sandbox/domo/dataSets';
import type { SandboxDataSet } from '../../../../sandbox/domo/dataSet';
import { columnsOf, EVERY_COLUMN, faultOf, fleeting, PLAIN, readText } from '../rows';
import type { OpenRowWriter } from '../../../../core/format/rows/rowWriter';

function planFor(schema: readonly Column[], changed: Partial<PipelineOptions> = {}): PipelineOptions {
	return {
		columns: selectColumns(EVERY_COLUMN, schema),
		cells: { timeZone: 'UTC', escapeFormulas: false },
		open: openDelimited(PLAIN),
		split: {},
		...changed,
	};
}

async function textsOf(source: Iterable<Buffer>, plan: PipelineOptions): Promise<string[]> {
	const texts: string[] = [];
	for await (const part of formatRows(fleeting(source), plan)) {
		const pieces: Buffer[] = [];
		for await (const piece of part.body) pieces.push(Buffer.from(piece));
		texts.push(Buffer.concat(pieces).toString());
	}
	return texts;
}

function exportOf(dataSet: SandboxDataSet): Buffer[] {
	return [...(dataSet.csv({ header: true, rows: dataSet.rows }) as Iterable<Buffer>)];
}

test.each([
	['null as nothing', awkward()],
	['null as \\N', awkwardNulls()],
])('an awkward export with %s keeps every cell when only its marks are changed', async (_, dataSet) => {
	const source = exportOf(dataSet);
	const plan = planFor(dataSet.columns, {
		open: openDelimited({ ...PLAIN, quoteMode: 'everything', lineFeed: '\r\n' }),
	});
	const [text = ''] = await textsOf(source, plan);
	expect(await readText(text)).toEqual(await readText(Buffer.concat(source).toString()));
});

test('a large export as Domo writes it comes out byte by byte the same', async () => {
	const dataSet = large({ bytes: 2_000_000 });
	const source = exportOf(dataSet);
	const [text = ''] = await textsOf(source, planFor(dataSet.columns));
	expect(Buffer.from(text).equals(Buffer.concat(source))).toBe(true);
});

test.each([
	['as they are', EVERY_COLUMN],
	['in another order', { ...EVERY_COLUMN, kind: 'only', names: ['name', 'id'], order: 'asListed' }],
] as const)('rows whose columns are taken %s let go of their text once they are written', async (_, choice) => {
	const schema = columnsOf('id', 'name');
	const written: Row[] = [];
	const open: OpenRowWriter = (columns) => {
		const writer = openDelimited(PLAIN)(columns);
		return { ...writer, write: (rows) => (written.push(...rows), writer.write(rows)) };
	};
	const rows = Array.from({ length: 20_000 }, (_row, at) => `${at},name of ${at}\n`).join('');
	await textsOf([Buffer.from(`id,name\n${rows}`)], planFor(schema, { columns: selectColumns(choice, schema), open }));
	expect(written).toHaveLength(20_000);
	expect(written.filter((row) => row.length > 0)).toEqual([]);
});

test('columns, cell rules, format and parts work together', async () => {
	const schema = columnsOf('id:LONG', 'name', 'at:DATETIME', '_BATCH_ID_:DOUBLE');
	const columns = selectColumns(
		{
			kind: 'only',
			names: ['at', 'name'],
			order: 'asListed',
			renamed: [['name', 'who']],
			dropBatchColumns: true,
		},
		schema,
	);
	const cells = {
		dateTimeFormat: readDateFormat('dd.MM.yyyy HH:mm', 'X'),
		timeZone: 'Europe/Vienna',
		escapeFormulas: true,
	};
	const csv = 'id,name,at,_BATCH_ID_\n1,=A1,2019-03-19T18:49:02,1\n2,,,1\n3,"""x""",2019-07-19 22:49:02,1\n';
	const plan = {
		columns,
		cells,
		split: { rows: 2 },
		open: openDelimited({ ...PLAIN, delimiter: ';', nullValue: 'NULL' }),
	};
	expect(await textsOf([Buffer.from(csv)], plan)).toEqual([
		"at;who\n19.03.2019 19:49;'=A1\nNULL;NULL\n",
		'at;who\n20.07.2019 00:49;"""x"""\n',
	]);
});

test.each([
	['quotes only where they are needed', {}, 'id,note,amount\n1,1.5,"1,5"\n2,,-3\n3,"""1.5""",\n'],
	['a semicolon', { delimiter: ';' }, 'id;note;amount\n1;1.5;1,5\n2;;-3\n3;"""1.5""";\n'],
	['quotes around text', { quoteMode: 'allText' }, '"id","note","amount"\n1,"1.5","1,5"\n2,,-3\n3,"""1.5""",\n'],
	['an escape character', { quoteMode: 'never', escape: '\\' }, 'id,note,amount\n1,1.5,1\\,5\n2,,-3\n3,"1.5",\n'],
] as const)('a decimal comma is kept apart from one between cells by %s', async (_, marks, text) => {
	const delimited = { ...PLAIN, ...marks };
	const cells = { timeZone: 'UTC', escapeFormulas: false, decimalSeparator: ',' } as const;
	const plan = planFor(columnsOf('id:LONG', 'note', 'amount:DECIMAL'), {
		cells,
		open: openDelimited(delimited),
		delimited,
	});
	const csv = 'id,note,amount\n1,1.5,1.5\n2,,-3\n3,"""1.5""",\n';
	expect(await textsOf([Buffer.from(csv)], plan)).toEqual([text]);
});

test.each([
	['only delimiters change', {}],
	['rows are counted for parts', { split: { rows: 10 } }],
] as const)('columns in another order that take over the names of the DataSet are moved when %s', async (_, more) => {
	const schema = columnsOf('a', 'b', 'c');
	const renamed = [
		['b', 'a'],
		['a', 'b'],
	] as const;
	const columns = selectColumns({ ...EVERY_COLUMN, kind: 'only', names: ['b', 'a', 'c'], renamed }, schema);
	const delimited = { ...PLAIN, delimiter: ';' };
	const plan = planFor(schema, { columns, delimited, open: openDelimited(delimited), ...more });
	expect(await textsOf([Buffer.from('a,b,c\n1,2,3\n')], plan)).toEqual(['a;b;c\n2;1;3\n']);
});

test.each([
	[';', 'a;b\nx;"hi,\'=1;\'=2"\n'],
	[',', 'a,b\nx,"hi,=1;\'=2"\n'],
])('formulas behind a separator of other locales are escaped in a file with %s', async (delimiter, text) => {
	const delimited = { ...PLAIN, delimiter };
	const cells = { timeZone: 'UTC', escapeFormulas: true };
	const plan = planFor(columnsOf('a', 'b'), { cells, delimited, open: openDelimited(delimited) });
	expect(await textsOf([Buffer.from('a,b\nx,"hi,=1;=2"\n')], plan)).toEqual([text]);
});

test('numbers pass into JSON digit by digit', async () => {
	const open = openJsonLines({
		kind: 'jsonLines',
		lineFeed: '\n',
		encoding: 'utf8',
		onUnmappable: 'refuse',
		includeBom: false,
	});
	const plan = planFor(columnsOf('id:LONG', 'amount:DECIMAL'), { open });
	expect(await textsOf([Buffer.from('id,amount\n9007199254740993,10.500\n')], plan)).toEqual([
		'{"id":9007199254740993,"amount":10.500}\n',
	]);
});

test.each([
	['a header alone', 'id,name\n'],
	['no bytes at all', ''],
])('%s gives one part with only the header', async (_, csv) => {
	expect(await textsOf([Buffer.from(csv)], planFor(columnsOf('id', 'name'), { split: { rows: 1 } }))).toEqual([
		'id,name\n',
	]);
});

test.each([
	['a row that is cut short', 'id,name\n1,a\n2\n', 'Row 2 of the export has 1 cell, but the header row has 2'],
	[
		'another header row',
		'id,title\n1,a\n',
		`The DataSet's columns changed during the export: its header row lacks "name"`,
	],
])('%s comes out of the body as an error that is worth another try', async (_, csv, message) => {
	const plan = planFor(columnsOf('id', 'name'));
	expect(await faultOf(async () => await textsOf([Buffer.from(csv)], plan))).toMatchObject({
		message,
		retryable: true,
	});
});

test('rows in messages are counted from the first one below the header', async () => {
	const plan = planFor(columnsOf('id', 'name'), { open: openDelimited({ ...PLAIN, quoteMode: 'never' }) });
	const csv = `id,name\n${'1,a\n'.repeat(50_000)}2,"b,c"\n`;
	expect(await faultOf(async () => await textsOf([Buffer.from(csv)], plan))).toMatchObject({
		message: 'Quote Mode: row 50001, column "name" holds a delimiter, which needs quotes',
	});
});

test('others have their turn while a source has everything ready', async () => {
	const dataSet = large({ bytes: 4_000_000 });
	let turns = 0;
	const other = setInterval(() => (turns += 1), 1);
	try {
		await textsOf(exportOf(dataSet), planFor(dataSet.columns));
	} finally {
		clearInterval(other);
	}
	expect(turns).toBeGreaterThan(0);
});

test('whoever leaves a part early ends the export', async () => {
	let ended = false;
	async function* source() {
		yield Buffer.from('id\n');
		try {
			for (;;) yield Buffer.from('1\n');
		} finally {
			ended = true;
		}
	}
	for await (const { body } of formatRows(source(), planFor(columnsOf('id')))) {
		for await (const piece of body) if (piece.toString() === '1\n') break;
		break;
	}
	expect(ended).toBe(true);
});
