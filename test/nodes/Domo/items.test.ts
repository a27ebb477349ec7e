import { resolve } from 'node:path';
import { loadOutputSchema } from 'n8n-core';
import { Domo } from '../../../nodes/Domo/Domo.node';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { byId } from '../DomoWriteback/execution';
import { fieldsIn, fieldsOf, type Schema } from '../DomoWriteback/schema';
import { type Bench, NODE_TYPE, startBench } from './domoNode';

const ONE = dataSets.oneRow({ description: 'One' });
const ABSENT = '11111111-2222-4333-a444-555555555555';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([ONE, ...dataSets.catalogue(3)]);
});
afterAll(async () => await bench?.close());

const byItem = { operation: 'getRows', dataSet: byId('={{ $json.id }}') };

test('every output item is paired with its input item', async () => {
	const { good } = await bench.run({ parameters: { operation: 'getMany', limit: 2 }, items: [{}, {}] });
	expect(good.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 1, 1].map((item) => ({ item })));
});

test('an item that fails is told of as by Domo Writeback, and the others go on', async () => {
	const items = [{ id: ONE.id }, { id: ABSENT }, { id: ONE.id }];
	const { good, bad } = await bench.run({ parameters: byItem, items, onError: 'continueErrorOutput' });
	expect(good.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(bad).toHaveLength(1);
	expect(bad[0]).toMatchObject({
		json: {
			error: expect.stringContaining(ABSENT),
			details: { reason: 'dataSetNotFound', hint: expect.stringContaining('datasources/') },
		},
	});
	const kept = await bench.run({ parameters: byItem, items, onError: 'continueRegularOutput' });
	expect(kept.good.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
});

test('one token serves all items of an execution', async () => {
	const before = bench.domo.requests.length;
	await bench.run({ parameters: byItem, items: [{ id: ONE.id }, { id: ONE.id }, { id: ONE.id }] });
	const tokens = bench.domo.requests.slice(before).filter(({ path }) => path === '/oauth/token');
	expect(tokens).toHaveLength(1);
});

test('no secret is in what is stored of an execution', async () => {
	const engine = bench.engine();
	bench.domo.fault(ONE.id, 'unauthorized', 10);
	const { run } = await bench.run({ parameters: { operation: 'get', dataSet: byId(ONE.id) } });
	bench.domo.fault(ONE.id, 'none');
	expect(run.error).toMatchObject({ type: 'domoLogin' });
	expect(run.persisted).not.toContain(bench.domo.clientSecret);
	expect(engine.stored('domoClientApi').clientSecret).toBe(bench.domo.clientSecret);
});

test('the list of the editor shows the DataSets', async () => {
	const { results } = await bench.engine().listSearch(NODE_TYPE, 'searchDataSets', { filter: 'One row' });
	expect(results).toMatchObject([{ value: ONE.id }]);
});

test.each([
	['get', { dataSet: byId(ONE.id) }],
	['getMany', { filters: { nameContains: 'One row' }, options: { includeSchema: true } }],
] as const)('what %s puts out is what its preview promises, no more and no less', async (operation, parameters) => {
	const [item] = await bench.items({ operation, ...parameters });
	const unique = (fields: readonly string[]) => [...new Set(fields)].sort();
	expect(unique(fieldsOf(item))).toEqual(unique(fieldsIn(schemaOf(operation))));
});

test('each operation has a preview, an action and a description', () => {
	const { properties } = new Domo().description;
	const { options = [] } = properties.find(({ name }) => name === 'operation') ?? {};
	for (const option of options) {
		expect(option).toMatchObject({ action: expect.stringMatching(/^[A-Z].*DataSet/), description: expect.any(String) });
		expect(schemaOf(String(Reflect.get(option, 'value')))).toMatchObject({ type: 'object', version: 1 });
	}
	expect(options).toHaveLength(4);
});

function schemaOf(operation: string): Schema {
	const nodeDir = resolve(__dirname, '../../../nodes/Domo');
	const found = loadOutputSchema({ nodeDir, version: 1, resource: 'dataSet', operation });
	if (found === undefined) throw new Error(`${operation} has no schema`);
	return found as unknown as Schema;
}
