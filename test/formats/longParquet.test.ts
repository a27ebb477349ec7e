import { columns } from '../../sandbox/domo/dataSet';
import { type Cell, table } from '../../sandbox/domo/table';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { together } from './axes';
import { expectTable } from './content';
import type { FileFormat } from './settings';
import { openSpot } from './spot';
import { aStage } from './stage';

/** Enough for pages whose nulls outgrow the memory that a page is put together in. */
const ROWS = 25_000;

const COLUMNS = columns({ first: 'LONG', same: 'STRING', often: 'STRING', amount: 'DECIMAL', day: 'DATE' });

/** Nulls are scattered in every column but one, and at another rhythm in each. */
const record = (index: number): readonly Cell[] => [
	index % 7 === 0 ? null : String(index),
	'north',
	index % 3 === 0 ? null : `city ${index % 50}`,
	index % 5 < 2 ? null : `${index}.25`,
	index % 11 === 4 ? null : `2026-01-${String(1 + (index % 28)).padStart(2, '0')}`,
];

const long = table({ name: 'Long, with nulls', columns: COLUMNS, rows: ROWS, record });
const stage = aStage([long]);

const CODECS = ['snappy', 'zstd', 'uncompressed'] as const;

/** The columns in every order that begins with another one. */
const ORDERS = COLUMNS.map((column, place) => ({
	first: column.name,
	parquetCodec: CODECS[place % CODECS.length] ?? 'snappy',
	order: [...COLUMNS.slice(place), ...COLUMNS.slice(0, place)],
}));

test.each(ORDERS)(
	'DuckDB reads every row of a long file whose first column is $first',
	async ({ order, parquetCodec }) => {
		const columnNames = order.map(({ name }) => name);
		const fileFormat: FileFormat = { format: 'parquet', parquetCodec, columns: 'only', columnNames };
		const spot = await openSpot('sftp', stage().bench);
		receiptOf(await stage().write({ dataSet: long, settings: together([{ fileFormat }]), spot }));
		const contents = await Promise.all((await spot.paths()).map(spot.read));
		const rows = Array.from({ length: ROWS }, (_, index) => {
			const cells = record(index);
			return order.map((column) => cells[COLUMNS.indexOf(column)] ?? null);
		});
		expect(await expectTable(contents, { columns: order, rows }, fileFormat)).toEqual([ROWS]);
	},
);
