import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, startBench } from './bench';
import { contactsDuring } from './contacts';
import { KINDS } from './places';

const SETS = dataSets.catalogue(5);
const IDS = SETS.map(({ id }) => id);
const ABSENT = '11111111-2222-4333-a444-555555555555';
const each = (ids: readonly string[]) => ids.map((id, at) => ({ id, name: `file ${at}` }));

/** Both the DataSet and the name come from the item. */
const BY_ITEM = {
	dataSet: byId('={{ $json.id }}'),
	selectFilename: 'filename',
	filename: '={{ $json.name }} of {{ $itemIndex }}',
};

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(SETS);
}, 120_000);
afterAll(async () => await bench?.close());

describe.each(KINDS)('to %s', (kind) => {
	test('each item is one writeback, in the order of the items', async () => {
		const place = await bench.place(kind);
		const { good } = await bench.run({ parameters: { ...place.parameters, ...BY_ITEM }, items: each(IDS) });
		expect(good.map(({ json, pairedItem }) => [json.dataSetId, json.fileName, pairedItem])).toEqual(
			IDS.map((id, item) => [id, `file ${item} of ${item}.csv`, { item }]),
		);
		expect((await place.names()).sort()).toEqual(IDS.map((_, item) => `file ${item} of ${item}.csv`));
	});

	test('items share one token, and so does the next execution', async () => {
		const engine = bench.engine();
		const wish = { parameters: { ...(await bench.place(kind)).parameters, ...BY_ITEM }, items: each(IDS), engine };
		expect((await bench.run(wish)).asked).toEqual({ tokens: 1, metadata: 5, exports: 5 });
		expect((await bench.run(wish)).asked).toEqual({ tokens: 0, metadata: 5, exports: 5 });
	});

	test('a failing item ends an execution of several at once, and only it is blamed', async () => {
		const place = await bench.place(kind);
		const items = each([...IDS, ABSENT]);
		const { run, good } = await bench.run({ parameters: { ...place.parameters, ...BY_ITEM }, items });
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({ message: expect.stringContaining(ABSENT), context: { itemIndex: 5 } });
		expect(good).toEqual([]);
	});

	test('a failing item ends an execution of one at a time and leaves the files of those before it', async () => {
		const place = await bench.place(kind);
		const items = each([IDS[0]!, ABSENT, IDS[1]!]);
		const parameters = { ...place.parameters, ...BY_ITEM, transfer: { itemsAtOnce: 1 } };
		const { run, good, asked } = await bench.run({ parameters, items });
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({ message: expect.stringContaining(ABSENT), context: { itemIndex: 1 } });
		expect(good).toEqual([]);
		expect(asked.metadata).toBe(2);
		expect(await place.names()).toEqual(['file 0 of 0.csv']);
	});

	test('a failing item among good ones is handed on with what happened and what to do', async () => {
		const place = await bench.place(kind);
		const items = each([IDS[0]!, ABSENT, IDS[1]!]);
		const parameters = { ...place.parameters, ...BY_ITEM };
		const { run, good } = await bench.run({ parameters, items, onError: 'continueRegularOutput' });
		expect(run.status).toBe('success');
		expect(good.map(({ json, pairedItem }) => [json.dataSetId, pairedItem])).toEqual([
			[IDS[0], { item: 0 }],
			[undefined, { item: 1 }],
			[IDS[1], { item: 2 }],
		]);
		expect(good[1]?.json).toEqual({
			error: expect.stringContaining(ABSENT),
			details: { reason: 'dataSetNotFound', hint: expect.stringMatching(/datasources/) },
		});
		expect((await place.names()).sort()).toEqual(['file 0 of 0.csv', 'file 2 of 2.csv']);
	});

	test('a failing item among good ones leaves through the error output', async () => {
		const place = await bench.place(kind);
		const items = each([IDS[0]!, ABSENT, IDS[1]!]);
		const parameters = { ...place.parameters, ...BY_ITEM };
		const { good, bad } = await bench.run({ parameters, items, onError: 'continueErrorOutput' });
		expect(good.map(({ json }) => json.dataSetId)).toEqual([IDS[0], IDS[1]]);
		expect(bad.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.stringContaining(ABSENT), { item: 1 }],
		]);
		expect((await place.names()).sort()).toEqual(['file 0 of 0.csv', 'file 2 of 2.csv']);
	});
});

test('items share one SFTP login', async () => {
	const { parameters } = await bench.place('sftp');
	const work = async () => await bench.run({ parameters: { ...parameters, ...BY_ITEM }, items: each(IDS) });
	expect(await contactsDuring(bench, work)).toEqual({ connections: 1, logins: 1, blobRequests: 0 });
});

test('items may go to folders of their own', async () => {
	const { parameters, names } = await bench.place('sftp');
	const path = `${String(parameters.path)}/{{ $json.name }}`;
	const { good } = await bench.run({ parameters: { ...parameters, ...BY_ITEM, path: `=${path}` }, items: each(IDS) });
	expect(good).toHaveLength(5);
	expect((await names()).sort()).toEqual(IDS.map((_, at) => `file ${at}`));
});

test('no items mean no request', async () => {
	const { parameters } = await bench.place('sftp');
	const { asked } = await bench.run({ parameters: { ...parameters, ...BY_ITEM }, items: [] });
	expect(asked).toEqual({ tokens: 0, metadata: 0, exports: 0 });
});
