import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columns } from '../../sandbox/domo/dataSet';
import { nasty } from '../../sandbox/domo/edgeCases';
import { type Cell, table } from '../../sandbox/domo/table';
import { type Postgres, startPostgres } from '../../sandbox/postgres';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { together } from './axes';
import { readParquet } from './readers/duckDb';
import { countByPostgres } from './readers/postgres';
import { countByPython } from './readers/text';
import type { FileFormat } from './settings';
import { openSpot } from './spot';
import { type Stage, startStage } from './stage';

const { dataSet: everything, columns: nastyColumns, rows: nastyRows } = nasty();

/** Names that have broken readers. */
const NAMES = ['', ' ', 'a.b', 'a,b', '"', "it's", '`', '\n', 'a\ufeffb', '=1', 'Größe 尺寸', '😀', 'select'];
const strangeNames = table({
	name: 'Strange names',
	columns: NAMES.map((name) => ({ name, type: 'STRING' })),
	rows: 2,
	record: (index): readonly Cell[] => NAMES.map((_, place) => `${index}.${place}`),
});
const noRows = table({ name: 'No rows', columns: columns({ a: 'LONG', b: 'DATETIME' }), rows: 0, record: () => [] });

let stage: Stage;
let postgres: Postgres;
beforeAll(async () => {
	[stage, postgres] = await Promise.all([startStage([strangeNames, noRows]), startPostgres()]);
}, 180_000);
afterAll(async () => await Promise.all([stage?.close(), postgres?.close()]));

let files = 0;

async function written(dataSet: { readonly id: string; readonly rows: number }, fileFormat: FileFormat) {
	const spot = await openSpot('sftp', stage.bench);
	const receipt = receiptOf(await stage.write({ dataSet, settings: together([{ fileFormat }]), spot }));
	expect(receipt).toMatchObject({ verification: 'verified', rows: dataSet.rows });
	const path = join(stage.folder, `usual-${(files += 1)}`);
	const content = await spot.read((await spot.paths())[0] ?? '');
	await writeFile(path, content);
	return { path, content };
}

test.each<[string, FileFormat]>([
	['as Domo sends it', {}],
	['with CRLF', { lineFeed: 'crlf' }],
	['in quotes', { quoteMode: 'everything' }],
	['with a byte order mark', { includeBom: true }],
	['with a null value', { nullValue: '\\N' }],
])('every awkward cell, %s: readers that are told nothing find every row', async (_, fileFormat) => {
	const { path } = await written(everything, fileFormat);
	expect(await countByPython(path)).toBe(1 + nastyRows.length);
	const names = nastyColumns.map((_column, place) => `c${place}`);
	const nulls = nastyRows.filter(([first]) => first === null).length;
	expect(await countByPostgres(postgres, path, names, fileFormat.nullValue)).toEqual({
		rows: nastyRows.length,
		nulls,
	});
});

test('Parquet has columns of any name', async () => {
	const { path } = await written(strangeNames, { format: 'parquet' });
	const [file] = await readParquet([path]);
	expect(file?.columns.map(({ name }) => name)).toEqual(NAMES);
	expect(file?.rows).toEqual([0, 1].map((row) => NAMES.map((_, place) => `${row}.${place}`)));
});

test('CSV has columns of any name', async () => {
	const { path } = await written(strangeNames, { quoteMode: 'needed' });
	expect(await countByPython(path)).toBe(3);
});

test.each<[string, FileFormat, string | undefined]>([
	['as Domo sends it', {}, 'a,b\n'],
	['CSV', { delimiter: 'semicolon' }, 'a;b\n'],
	['CSV without a header', { skipHeader: true }, ''],
	['TSV in parts', { format: 'tsv', splitRows: 5 }, 'a\tb\n'],
	['JSON Lines', { format: 'jsonLines' }, ''],
	['Parquet', { format: 'parquet' }, undefined],
])('a DataSet without rows is a whole file: %s', async (_, fileFormat, text) => {
	const { path, content } = await written(noRows, fileFormat);
	if (text !== undefined) return expect(String(content)).toBe(text);
	const [file] = await readParquet([path]);
	expect(file).toMatchObject({ rows: [], columns: [{ name: 'a' }, { name: 'b' }] });
});
