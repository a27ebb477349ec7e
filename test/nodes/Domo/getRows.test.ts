import { columns } from '../../../sandbox/domo/dataSet';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { table } from '../../../sandbox/domo/table';
import { byId } from '../DomoWriteback/execution';
import { type Bench, startBench } from './domoNode';

const TYPES = table({
	name: 'Types',
	columns: columns({
		id: 'LONG',
		big: 'LONG',
		price: 'DECIMAL',
		share: 'DOUBLE',
		day: 'DATE',
		at: 'DATETIME',
		note: 'STRING',
	}),
	rows: 3,
	record: (index) =>
		[
			['1', '9007199254740993', '10.50', '0.25', '2026-01-31', '2026-01-31 18:49:02', 'a,"b"\n007'],
			['-7', '9007199254740991', '12345678901234567890.10', '-1.5', '2026-02-01', '2026-02-01T00:00:00', ''],
			[null, null, null, null, null, null, null],
		][index] ?? [],
});
const LARGE = dataSets.large({ bytes: 40_000_000, name: 'Large' });
const NOTHING = dataSets.empty();
let bench: Bench;
beforeAll(async () => {
	bench = await startBench([TYPES, LARGE, NOTHING]);
});
afterAll(async () => await bench?.close());

const rowsOf = (id: string, more = {}) => ({ operation: 'getRows', dataSet: byId(id), ...more });

test('a row is an item whose values have the types of the schema, and lose no digit', async () => {
	expect(await bench.items(rowsOf(TYPES.id))).toEqual([
		{
			id: 1,
			big: '9007199254740993',
			price: '10.50',
			share: 0.25,
			day: '2026-01-31',
			at: '2026-01-31 18:49:02',
			note: 'a,"b"\n007',
		},
		{
			id: -7,
			big: 9007199254740991,
			price: '12345678901234567890.10',
			share: -1.5,
			day: '2026-02-01',
			at: '2026-02-01T00:00:00',
			note: '',
		},
		{ id: null, big: null, price: null, share: null, day: null, at: null, note: null },
	]);
});

test('without a choice, 50 rows come, and the export ends early', async () => {
	const before = bench.domo.requests.length;
	const items = await bench.items(rowsOf(LARGE.id));
	expect(items).toHaveLength(50);
	expect(items[0]).toMatchObject({ id: expect.any(Number), amount: expect.stringMatching(/^\d+\.\d\d$/) });
	const exports = bench.domo.requests.slice(before).filter(({ path }) => path.endsWith('/data'));
	expect(exports).toMatchObject([{ status: 200, sentAt: 0 }]);
});

test.each([1, 3, 4])('a limit of %i is the most that comes', async (limit) => {
	expect(await bench.items(rowsOf(TYPES.id, { limit }))).toHaveLength(Math.min(limit, 3));
});

test('all rows come when all are asked for, and are held against what Domo lists', async () => {
	const all = await bench.items(rowsOf(TYPES.id, { returnAll: true }));
	expect(all).toHaveLength(3);
	bench.domo.fault(TYPES.id, { kind: 'short', missingRows: 1 }, 1);
	expect(await bench.failure(rowsOf(TYPES.id, { returnAll: true }))).toMatchObject({
		message: 'Domo lists 3 rows and sent 2',
		type: 'rowsDiffer',
	});
});

test('rows that PDP hides are told of above the output', async () => {
	bench.domo.fault(TYPES.id, { kind: 'pdp', hiddenRows: 1 }, 3);
	const { run, good } = await bench.run({ parameters: rowsOf(TYPES.id, { returnAll: true }) });
	bench.domo.fault(TYPES.id, 'none');
	expect(good).toHaveLength(2);
	expect(run.hints.Domo).toMatchObject([{ type: 'warning', message: expect.stringContaining('PDP is on') }]);
});

test('more rows than items should hold are refused, with a way out', async () => {
	const huge = dataSets.large({ bytes: 200_000_000, name: 'Huge' });
	bench.domo.add(huge);
	expect(await bench.failure(rowsOf(huge.id, { returnAll: true }))).toMatchObject({
		message: expect.stringMatching(/^Return All: the rows take more than 128 MiB/),
		description: expect.stringContaining('Domo Writeback'),
	});
}, 120_000);

test('a DataSet without rows has no items', async () => {
	expect(await bench.items(rowsOf(NOTHING.id, { returnAll: true }))).toEqual([]);
});

test('an export that breaks off, or falls silent, is no result', async () => {
	bench.domo.fault(LARGE.id, { kind: 'cut', atByte: 1_000_000 }, 1);
	expect(await bench.failure(rowsOf(LARGE.id, { returnAll: true }))).toMatchObject({ type: 'domoInterrupted' });
	bench.domo.fault(LARGE.id, { kind: 'stall', atByte: 1_000_000 }, 1);
	expect(await bench.failure(rowsOf(LARGE.id, { returnAll: true, options: { idleTimeout: 1 } }))).toMatchObject({
		type: 'domoInterrupted',
		description: expect.stringContaining('Idle Timeout'),
	});
});

test('a stopped execution ends at once', async () => {
	bench.domo.fault(LARGE.id, { kind: 'stall', atByte: 1_000_000 }, 1);
	const startedAt = performance.now();
	const { run } = await bench.run({
		parameters: rowsOf(LARGE.id, { returnAll: true }),
		signal: AbortSignal.timeout(1500),
	});
	expect(run.status).toBe('canceled');
	expect(performance.now() - startedAt).toBeLessThan(6000);
});

test.each([
	['a limit of none', rowsOf(TYPES.id, { limit: '={{ 0 }}' }), /^Limit: it must be a whole number from 1/],
	['an ID that is none', rowsOf('={{ "sales" }}'), /^Input DataSet ID: this is not the ID/],
	['an operation that does not exist', { operation: '={{ "drop" }}' }, /^Operation: there is no such operation/],
	['no idle time', rowsOf(TYPES.id, { options: { idleTimeout: '={{ 0 }}' } }), /^Idle Timeout: .* from 1 to 3600/],
])('%s is named, and Domo is not asked', async (_, parameters, message) => {
	const before = bench.domo.requests.length;
	const failure = await bench.failure(parameters);
	expect([failure.type, failure.message]).toEqual(['setting', expect.stringMatching(message)]);
	expect(failure.description).not.toBe('');
	expect(bench.domo.requests).toHaveLength(before);
});
