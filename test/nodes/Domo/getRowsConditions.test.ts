import type { IDataObject } from 'n8n-workflow';
import { columns } from '../../../sandbox/domo/dataSet';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { table } from '../../../sandbox/domo/table';
import { byId } from '../DomoWriteback/execution';
import { type Bench, NODE_TYPE, startBench } from './domoNode';

const ROWS = [
	['1', 'north', '9.50', '2026-03-01T10:00:00'],
	['2', 'South', '10.00', '2026-03-02T23:30:00'],
	['9007199254740993', 'North', '9.49', '2026-03-03T08:00:00'],
	['4', null, null, null],
] as const;
const SALES = table({
	name: 'Sales',
	columns: columns({ id: 'LONG', region: 'STRING', amount: 'DECIMAL', at: 'DATETIME' }),
	rows: ROWS.length,
	record: (index) => ROWS[index] ?? [],
});
const HUGE = dataSets.large({ bytes: 150_000_000, name: 'Huge' });
/** The ID of its first row. */
const FIRST = 1_000_000_000_000;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([SALES, HUGE]);
});
afterAll(async () => await bench?.close());

const where = (column: string, operator: string, value: unknown = '', to = ''): IDataObject => ({
	conditions: { condition: [{ column, operator, value: value as string, to }] },
});
const rowsOf = (rows: IDataObject, more: IDataObject = {}) => ({
	operation: 'getRows',
	dataSet: byId(SALES.id),
	returnAll: true,
	rows,
	...more,
});
const idsOf = async (parameters: IDataObject) => (await bench.items(parameters)).map(({ id }) => String(id));

test.each([
	['a decimal', where('amount', 'atLeast', '9.5'), ['1', '2']],
	['a number beyond 2^53', where('id', 'is', '9007199254740993'), ['9007199254740993']],
	['text in any case', { ...where('region', 'startsWith', 'NO'), ignoreCase: true }, ['1', '9007199254740993']],
	['no value', where('region', 'isEmpty'), ['4']],
	[
		'a time',
		{ ...where('at', 'between', '2026-03-03', '2026-03-04'), timeZone: 'Europe/Vienna' },
		['2', '9007199254740993'],
	],
	['an expression of a list', where('id', 'isOneOf', '={{ [4, 1] }}'), ['1', '4']],
])('rows come by %s', async (_, rows, ids) => {
	expect(await idsOf(rowsOf(rows))).toEqual(ids);
});

test('a row that fits has the same values as without conditions', async () => {
	const all = await bench.items(rowsOf({}));
	expect(await bench.items(rowsOf(where('region', 'is', 'North')))).toEqual(all.slice(2, 3));
});

test('conditions are met all together, or any of them', async () => {
	const condition = [
		{ column: 'amount', operator: 'less', value: '10' },
		{ column: 'id', operator: 'atMost', value: '3' },
	];
	expect(await idsOf(rowsOf({ conditions: { condition } }))).toEqual(['1']);
	expect(await idsOf(rowsOf({ conditions: { condition }, match: 'any' }))).toEqual(['1', '2', '9007199254740993']);
});

test('the limit counts rows that fit, and ends the export with the last one', async () => {
	const before = bench.domo.requests.length;
	const rows = where('id', 'greater', String(FIRST + 1000));
	const items = await bench.items({ operation: 'getRows', dataSet: byId(HUGE.id), limit: 3, rows });
	expect(items.map(({ id }) => id)).toEqual([1001, 1002, 1003].map((place) => FIRST + place));
	const exports = bench.domo.requests.slice(before).filter(({ path }) => path.endsWith('/data'));
	expect(exports).toMatchObject([{ status: 200, sentAt: 0 }]);
});

test('rows that do not fit take no room: some come out of an export that is larger than all items may be', async () => {
	const last = FIRST + HUGE.rows - 1;
	const rows = where('id', 'is', String(last));
	const items = await bench.items({ operation: 'getRows', dataSet: byId(HUGE.id), returnAll: true, rows });
	expect(items.map(({ id }) => id)).toEqual([last]);
}, 120_000);

test('the whole export is held against what Domo lists, whatever fits', async () => {
	bench.domo.fault(SALES.id, { kind: 'short', missingRows: 1 }, 1);
	expect(await bench.failure(rowsOf(where('id', 'is', '1')))).toMatchObject({
		type: 'rowsDiffer',
		message: `Domo lists ${ROWS.length} rows and sent ${ROWS.length - 1}`,
	});
});

test('a cell that is no value of its column is named by its row', async () => {
	const odd = table({
		name: 'Odd',
		columns: columns({ a: 'LONG' }),
		rows: 2,
		record: (index) => [index === 0 ? '1' : 'x'],
	});
	bench.domo.add(odd);
	expect(await bench.failure({ ...rowsOf(where('a', 'is', '1')), dataSet: byId(odd.id) })).toMatchObject({
		type: 'setting',
		message: expect.stringMatching(/^Conditions: row 2, column "a" holds "x"/),
	});
});

test.each([
	['an unknown column', where('Region', 'is', 'x'), /has no column "Region"/, /Did you mean "region"\?/],
	['an operator of text', where('amount', 'contains', '1'), /which doesn't support Contains/, /text column/],
	['a value of another type', where('amount', 'is', '1,5'), /is not a decimal number/, /19\.90/],
	['no conditions', { conditions: '={{ [] }}' }, /there are none, so every row would match/, /Add a condition/],
])('%s is refused before the export is asked for', async (_, rows, says, hint) => {
	const before = bench.domo.requests.length;
	expect(await bench.failure(rowsOf(rows))).toMatchObject({
		type: 'setting',
		message: expect.stringMatching(says),
		description: expect.stringMatching(hint),
	});
	expect(bench.domo.requests.slice(before).filter(({ path }) => path.endsWith('/data'))).toEqual([]);
});

test('the editor lists the columns of the chosen DataSet', async () => {
	const dataSet = { __rl: true as const, mode: 'id', value: SALES.id };
	const listed = await bench.engine().loadOptions(NODE_TYPE, 'loadColumns', { dataSet });
	expect(listed.map(({ value }) => value)).toEqual(['id', 'region', 'amount', 'at']);
});
