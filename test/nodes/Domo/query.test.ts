import { columns } from '../../../sandbox/domo/dataSet';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { table } from '../../../sandbox/domo/table';
import { byId } from '../DomoWriteback/execution';
import { type Bench, startBench } from './domoNode';

const SALES = table({
	name: 'Sales',
	columns: columns({ 'Order ID': 'LONG', amount: 'DECIMAL', share: 'DOUBLE', at: 'DATETIME', note: 'STRING' }),
	rows: 3,
	record: (index) =>
		[
			['9007199254740993', '12345678901234567890.10', '0.25', '2026-01-31 18:49:02', '007'],
			['2', '1.50', '1e3', null, ''],
			[null, null, null, null, null],
		][index] ?? [],
});
const NOTHING = dataSets.empty();
const LARGE = dataSets.large({ bytes: 500_000, name: 'Large' });

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([SALES, NOTHING, LARGE]);
});
afterAll(async () => await bench?.close());
afterEach(() => bench.domo.fault(SALES.id, 'none'));

const queryOf = (sql: string, id = SALES.id) => ({ operation: 'query', dataSet: byId(id), sql });

test('each row of the result is an item, and no digit is lost', async () => {
	expect(await bench.items(queryOf('SELECT * FROM table'))).toEqual([
		{
			'Order ID': '9007199254740993',
			amount: '12345678901234567890.10',
			share: 0.25,
			at: '2026-01-31T18:49:02',
			note: '007',
		},
		{ 'Order ID': 2, amount: '1.50', share: 1000, at: null, note: '' },
		{ 'Order ID': null, amount: null, share: null, at: null, note: null },
	]);
});

test('Domo runs the query: what it leaves out is not there', async () => {
	expect(await bench.items(queryOf('SELECT `Order ID` AS id, note FROM table LIMIT 2'))).toEqual([
		{ id: '9007199254740993', note: '007' },
		{ id: 2, note: '' },
	]);
	expect(await bench.items(queryOf('SELECT * FROM table', LARGE.id))).toHaveLength(LARGE.rows);
});

test.each([
	['SQL that Domo does not run', queryOf('DROP TABLE table'), 'status 400'],
	['a column that the DataSet lacks', queryOf('SELECT region FROM table'), 'Unknown column in SELECT: region'],
	['a DataSet without rows', queryOf('SELECT * FROM table', NOTHING.id), 'The DataSet has no data'],
])('%s is refused in the words of Domo, and what to do is said', async (_, parameters, words) => {
	expect(await bench.failure(parameters)).toMatchObject({
		type: 'setting',
		message: expect.stringMatching(`^SQL: Domo does not run this query .*${words}`),
		description: expect.stringMatching(/backticks.*without rows/),
	});
});

test('two columns of one name are refused', async () => {
	expect(await bench.failure(queryOf('SELECT note, amount AS note FROM table'))).toMatchObject({
		message: 'SQL: two columns of the result are named "note", but an item can have only one of them',
		description: expect.stringContaining('with AS'),
	});
});

test('a query that is empty is refused before Domo is asked', async () => {
	const before = bench.domo.requests.length;
	expect((await bench.failure(queryOf('={{ " " }}'))).message).toBe('SQL: it is empty');
	expect(bench.domo.requests).toHaveLength(before);
});

test.each([
	['unauthorized', 'domoLogin'],
	['forbidden', 'dataSetForbidden'],
	['forbiddenAs400', 'dataSetForbidden'],
	['notFound', 'dataSetNotFound'],
	['tooManyRequests', 'domoBusy'],
	['badGateway', 'domoBusy'],
	['loginPage', 'domoNotData'],
	['maintenancePage', 'domoNotData'],
] as const)('when Domo answers %s, the reason is %s, and no secret is told', async (fault, reason) => {
	bench.domo.fault(SALES.id, { kind: fault, on: 'query' });
	const { run } = await bench.run({ parameters: queryOf('SELECT * FROM table') });
	expect(run.error).toMatchObject({ type: reason, description: expect.stringMatching(/\.$/) });
	expect(run.persisted).not.toContain(bench.domo.clientSecret);
	expect(run.persisted).not.toMatch(/bearer/i);
});

test('a token that has expired is renewed, and the query runs', async () => {
	bench.domo.fault(SALES.id, { kind: 'tokenExpired', on: 'query' }, 1);
	expect(await bench.items(queryOf('SELECT * FROM table'))).toHaveLength(3);
});
