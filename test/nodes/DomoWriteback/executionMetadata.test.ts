import { ExecuteContext } from 'n8n-core';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from './bench';

const SETS = dataSets.catalogue(12);
const IDS = SETS.map(({ id }) => id);
const ABSENT = '11111111-2222-4333-a444-555555555555';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(SETS);
}, 120_000);
afterAll(async () => await bench?.close());

async function run(ids: readonly string[], onError?: 'continueRegularOutput') {
	const { parameters } = await bench.place('sftp');
	const wish = { parameters: { ...parameters, dataSet: byId('={{ $json.id }}') }, items: ids.map((id) => ({ id })) };
	return await bench.run({ ...wish, ...(onError && { onError }) });
}

test('an execution is found by its DataSet', async () => {
	const { run: done } = await run([IDS[0]!]);
	expect(done.customData).toEqual({ dataSetId: IDS[0] });
	expect(done.persisted).toContain(`"metadata":{"dataSetId":"${IDS[0]}"}`);
});

test('an execution of several is found by each of them, named once', async () => {
	const { run: done } = await run([IDS[0]!, IDS[1]!, IDS[0]!]);
	expect(done.customData.dataSetId?.split(', ').sort()).toEqual([IDS[0], IDS[1]].sort());
});

test('an execution of more than n8n has room for is found by the first six', async () => {
	const { run: done, good } = await run(IDS);
	expect(good).toHaveLength(12);
	expect(done.customData.dataSetId?.length).toBeLessThanOrEqual(255);
	expect(done.customData.dataSetId?.split(', ')).toHaveLength(6);
	expect(Object.keys(done.customData)).toEqual(['dataSetId']);
});

test('an execution that failed is found by the DataSet that it could not copy', async () => {
	const { run: done } = await run([ABSENT]);
	expect(done.status).toBe('error');
	expect(done.customData).toEqual({ dataSetId: ABSENT });
});

test('an n8n that has neither custom data nor hints writes all the same', async () => {
	// Where older versions of n8n have nothing.
	const without = { customData: undefined, addExecutionHints: undefined };
	const { prototype } = ExecuteContext;
	const before = Object.keys(without).map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)] as const);
	for (const name of Object.keys(without))
		Object.defineProperty(prototype, name, { configurable: true, value: undefined });
	try {
		const outcome = await run([IDS[0]!]);
		expect(receiptOf(outcome).verification).toBe('verified');
		expect(outcome.run.customData).toEqual({});
	} finally {
		for (const [name, own] of before) {
			if (own === undefined) Reflect.deleteProperty(prototype, name);
			else Object.defineProperty(prototype, name, own);
		}
	}
});
