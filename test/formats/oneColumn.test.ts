import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columns } from '../../sandbox/domo/dataSet';
import { type Cell, table } from '../../sandbox/domo/table';
import { type Postgres, startPostgres } from '../../sandbox/postgres';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { together } from './axes';
import { countByDuckDb } from './readers/duckDb';
import { countByPostgres } from './readers/postgres';
import { countByPython } from './readers/text';
import type { FileFormat } from './settings';
import { openSpot } from './spot';
import { type Stage, startStage } from './stage';

const CELLS: readonly Cell[] = ['one', null, '\\.', '', ' ', null, 'a\n\nb', '\\N', null];
const NULLS = CELLS.filter((cell) => cell === null).length;

const alone = table({
	name: 'One column',
	columns: columns({ a: 'STRING' }),
	rows: CELLS.length,
	record: (index) => [CELLS[index] ?? null],
});

/** One column beside Domo's own. */
const batched = table({
	name: 'One column with batches',
	columns: columns({ _BATCH_ID_: 'LONG', a: 'STRING' }),
	rows: CELLS.length,
	record: (index) => [String(index), CELLS[index] ?? null],
});

const onlyNulls = table({
	name: 'One column of nulls',
	columns: columns({ a: 'STRING' }),
	rows: 4,
	record: () => [null],
});

let stage: Stage;
let postgres: Postgres;
beforeAll(async () => {
	[stage, postgres] = await Promise.all([startStage([alone, batched, onlyNulls]), startPostgres()]);
}, 180_000);
afterAll(async () => await Promise.all([stage?.close(), postgres?.close()]));

let files = 0;

/** The files that are written, as paths here. */
async function written(dataSet: typeof alone, fileFormat: FileFormat): Promise<string[]> {
	const spot = await openSpot('sftp', stage.bench);
	const receipt = receiptOf(await stage.write({ dataSet, settings: together([{ fileFormat }]), spot }));
	expect(receipt).toMatchObject({ verification: 'verified', rows: dataSet.rows });
	return await Promise.all(
		(await spot.paths()).map(async (path) => {
			const copy = join(stage.folder, `one-column-${(files += 1)}.csv`);
			await writeFile(copy, await spot.read(path));
			return copy;
		}),
	);
}

test.each<[string, typeof alone, FileFormat]>([
	['as Domo sends it', alone, {}],
	['as Domo sends it, of nulls only', onlyNulls, {}],
	['with another line end', alone, { lineFeed: 'crlf' }],
	['cell by cell', alone, { escapeFormulas: true }],
	['in quotes', alone, { quoteMode: 'everything' }],
	['with another name', alone, { renameColumns: { column: [{ from: 'a', to: 'b' }] } }],
	['chosen among others', batched, { columns: 'only', columnNames: ['a'] }],
	['without batch columns', batched, { dropBatchColumns: true }],
	['as TSV', alone, { format: 'tsv' }],
])('a file of one column, %s: every reader finds every row', async (_, dataSet, fileFormat) => {
	const [path = ''] = await written(dataSet, fileFormat);
	expect(await countByPython(path)).toBe(1 + dataSet.rows);
	expect(await countByDuckDb(path)).toBe(dataSet.rows);
	expect(await countByPostgres(postgres, path, ['a'])).toMatchObject({ rows: dataSet.rows });
});

test('with a null value, null stays apart from empty text', async () => {
	const [path = ''] = await written(alone, { nullValue: 'NULL' });
	expect(await countByPython(path)).toBe(1 + alone.rows);
	expect(await countByPostgres(postgres, path, ['a'], 'NULL')).toEqual({ rows: alone.rows, nulls: NULLS });
});

test('a part that holds only nulls has all of its rows', async () => {
	const paths = await written(onlyNulls, { splitRows: 2 });
	expect(await Promise.all(paths.map(countByPython))).toEqual([3, 3]);
	expect(await Promise.all(paths.map(countByDuckDb))).toEqual([2, 2]);
});

test('without a header, every row is found', async () => {
	const [path = ''] = await written(onlyNulls, { skipHeader: true });
	expect(await countByPython(path)).toBe(onlyNulls.rows);
});

test('without quotes, an empty line is refused, and a null value is a way out', async () => {
	const spot = await openSpot('sftp', stage.bench);
	const settings = together([{ fileFormat: { quoteMode: 'never' } }]);
	const { run } = await stage.write({ dataSet: onlyNulls, settings, spot });
	expect(run.error).toMatchObject({
		type: 'setting',
		message: 'Quote Mode: row 1, column "a" would be an empty line, which many readers skip',
	});
	expect(await spot.paths()).toEqual([]);
	const [path = ''] = await written(onlyNulls, { quoteMode: 'never', nullValue: 'NULL' });
	expect(await countByPython(path)).toBe(1 + onlyNulls.rows);
});
