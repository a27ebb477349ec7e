import * as dataSets from '../../../sandbox/domo/dataSets';
import type { DetailedFault } from '../../../sandbox/domo/faults';
import { byId } from '../DomoWriteback/execution';
import { type Bench, startBench } from './domoNode';

const SALES = dataSets.oneRow({
	name: 'Sales',
	description: 'What was sold',
	owner: { id: 7, name: 'Sales Team' },
	updatedAt: '2026-05-01T00:00:00.567Z',
});
const MANY = dataSets.catalogue(125);

let bench: Bench;
beforeEach(async () => {
	bench = await startBench([SALES, ...MANY]);
});
afterEach(async () => await bench?.close());

const list = (more = {}) => ({ operation: 'getMany', ...more });
const namesOf = (items: ReadonlyArray<Record<string, unknown>>) => items.map(({ dataSetName }) => dataSetName);
const sorted = [SALES, ...MANY].map(({ name }) => name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

test('a DataSet is described in the words of the other nodes, with its schema', async () => {
	const [item, ...others] = await bench.items({ operation: 'get', dataSet: byId(SALES.id) });
	expect(others).toEqual([]);
	expect(item).toEqual({
		dataSetId: SALES.id,
		dataSetName: 'Sales',
		description: 'What was sold',
		rows: 1,
		columns: 3,
		owner: { id: 7, name: 'Sales Team' },
		pdpEnabled: false,
		createdAt: SALES.createdAt,
		updatedAt: '2026-05-01T00:00:00.567Z',
		dataCurrentAt: SALES.dataCurrentAt,
		schema: [
			{ name: 'id', type: 'LONG' },
			{ name: 'name', type: 'STRING' },
			{ name: 'amount', type: 'DECIMAL' },
		],
	});
});

test('what Domo does not tell is null', async () => {
	bench.domo.omit('metadata', ['rows', 'owner', 'updatedAt', 'dataCurrentAt', 'createdAt']);
	expect(await bench.items({ operation: 'get', dataSet: byId(SALES.id) })).toMatchObject([
		{ rows: null, owner: {}, createdAt: null, updatedAt: null, dataCurrentAt: null },
	]);
});

test('without a choice the first 50 by name come, and no more are asked for', async () => {
	expect(namesOf(await bench.items(list()))).toEqual(sorted.slice(0, 50));
	expect(bench.domo.requests.filter(({ path }) => path === '/v1/datasets')).toHaveLength(1);
});

test('all come when all are asked for, each once', async () => {
	expect(namesOf(await bench.items(list({ returnAll: true })))).toEqual(sorted);
});

test('a DataSet that is deleted meanwhile hides no other one', async () => {
	const [first] = MANY;
	const walking = bench.items(list({ returnAll: true }));
	const timer = setInterval(() => {
		if (bench.domo.requests.some(({ path }) => path === '/v1/datasets')) bench.domo.remove(first?.id ?? '');
	}, 1);
	const found = new Set(namesOf(await walking));
	clearInterval(timer);
	expect(sorted.filter((name) => !found.has(name) && name !== first?.name)).toEqual([]);
});

test.each([
	['whose name contains a text, whatever the case', { nameContains: 'sAlEs' }, 126],
	['of an owner by name', { owner: 'sales team' }, 1],
	['of an owner by ID', { owner: '7' }, 1],
	['updated after a day', { updatedAfter: '2026-04-30' }, 1],
	['updated after a moment', { updatedAfter: '2026-05-01T00:00:00.567Z' }, 0],
	['updated after what an expression yields', { updatedAfter: '={{ DateTime.fromISO("2026-04-01") }}' }, 1],
	['that all filters keep', { nameContains: 'sales', owner: 'Sandbox Owner', updatedAfter: '2025-05-01' }, 5],
	['that no filter keeps', { owner: 'Nobody' }, 0],
])('those come %s', async (_, filters, count) => {
	expect(await bench.items(list({ returnAll: true, filters }))).toHaveLength(count);
});

test('a schema comes with each DataSet where it is asked for', async () => {
	const items = await bench.items(list({ limit: 4, options: { includeSchema: true } }));
	for (const { schema } of items) expect(schema).toHaveLength(3);
	expect(items).toHaveLength(4);
});

const WITH_SCHEMA = list({ returnAll: true, options: { includeSchema: true } });

test('a DataSet that is deleted before its schema is read is left out', async () => {
	bench.domo.fault(SALES.id, { kind: 'deleted', on: 'metadata' });
	expect(namesOf(await bench.items(WITH_SCHEMA))).toEqual(sorted.filter((name) => name !== 'Sales'));
});

test('a DataSet that Domo lists but does not describe has no schema, and the others have theirs', async () => {
	bench.domo.fault(SALES.id, { kind: 'forbiddenAs400', on: 'metadata' });
	const items = await bench.items(WITH_SCHEMA);
	expect(namesOf(items)).toEqual(sorted);
	expect(items.filter(({ schema }) => schema === null)).toMatchObject([{ dataSetId: SALES.id, rows: 1 }]);
});

const BUSY: DetailedFault & { kind: 'tooManyRequests' } = { kind: 'tooManyRequests', retryAfterSeconds: 0.1 };

describe('where Domo is away for the moment', () => {
	test.each([
		['a list', 'list', 'list', list()],
		['a schema of a list', SALES.id, 'metadata', list({ options: { includeSchema: true }, filters: { owner: '7' } })],
		['a DataSet', SALES.id, 'metadata', { operation: 'get', dataSet: byId(SALES.id) }],
		['the DataSet of rows', SALES.id, 'metadata', { operation: 'getRows', dataSet: byId(SALES.id) }],
	] as const)('%s is asked for up to three times', async (_, concerned, on, parameters) => {
		bench.domo.fault(concerned, [
			{ ...BUSY, on },
			{ kind: 'badGateway', on },
		]);
		expect((await bench.items(parameters)).length).toBeGreaterThan(0);
		bench.domo.fault(concerned, { ...BUSY, on }, 3);
		expect(await bench.failure(parameters)).toMatchObject({ type: 'domoBusy' });
	});

	test.each([
		['a wait of more than a minute is left to the user', { operation: 'get' }, { ...BUSY, retryAfterSeconds: 61 }],
		['a query is sent once', { operation: 'query', sql: 'SELECT * FROM table' }, { kind: 'badGateway', on: 'query' }],
		['an export starts once', { operation: 'getRows' }, { kind: 'badGateway', on: 'export' }],
		['what Domo refuses is asked for once', { operation: 'get' }, { kind: 'forbidden' }],
	] as const)('%s', async (_, parameters, fault) => {
		bench.domo.fault(SALES.id, fault, 1);
		await bench.failure({ dataSet: byId(SALES.id), ...parameters });
	});
});

test.each([
	['Owner', ['owner'], { owner: 'Sales Team' }],
	['Updated After', ['updatedAt', 'dataCurrentAt'], { updatedAfter: '2026-01-01' }],
] as const)('%s is refused where Domo lists nothing of it', async (label, omitted, filters) => {
	bench.domo.omit('list', [...omitted]);
	expect(await bench.failure(list({ filters }))).toMatchObject({
		type: 'setting',
		message: expect.stringMatching(`^${label}: Domo does not list`),
	});
});

test.each([
	['a date that is none', { filters: { updatedAfter: '={{ "soon" }}' } }, /^Updated After: this isn't a date/],
	['a filter without a value', { filters: { updatedAfter: '={{ $json.lastRun }}' } }, /^Updated After: its expression/],
	['a schema that is neither wanted nor not', { options: { includeSchema: '={{ "maybe" }}' } }, /^Include Schema: /],
])('%s is named, and Domo is not asked', async (_, parameters, message) => {
	expect((await bench.failure(list(parameters))).message).toMatch(message);
	expect(bench.domo.requests).toEqual([]);
});
