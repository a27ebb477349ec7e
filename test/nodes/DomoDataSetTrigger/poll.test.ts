import { columns } from '../../../sandbox/domo/dataSet';
import { catalogue, oneRow } from '../../../sandbox/domo/dataSets';
import { Activated, chosen } from './n8n';
import { aDomo, ALL_EVENTS, byName, names, sales, stock } from './twoDataSets';

const domo = aDomo();

test('an update starts the workflow once, with what the writeback node needs', async () => {
	const trigger = new Activated(domo(), chosen([sales.id, stock.id]));
	expect(await trigger.poll()).toEqual([]);
	const times = { updatedAt: '2026-01-02T03:04:05Z', dataCurrentAt: '2026-01-02T03:04:00Z' };
	domo().touch(sales.id, times);
	const { updatedAt, dataCurrentAt } = sales;
	expect(await trigger.poll()).toEqual([
		{
			events: ['dataUpdated'],
			dataSetId: sales.id,
			dataSetName: 'Sales',
			rows: 1,
			columns: 3,
			...times,
			owner: { id: 7, name: 'Sales Team' },
			pdpEnabled: false,
			change: { data: { before: { updatedAt, dataCurrentAt }, after: times } },
		},
	]);
	expect(await trigger.poll()).toEqual([]);
});

test('a clock that runs backwards hides no update', async () => {
	const trigger = new Activated(domo(), chosen([sales.id]));
	await trigger.poll();
	domo().touch(sales.id, { updatedAt: '2001-01-01T00:00:00Z' });
	expect(names(await trigger.poll())).toEqual(['Sales']);
});

test('changed rows come with the counts before and after', async () => {
	const trigger = new Activated(domo(), byName('', { events: ['rowsChanged'] }));
	await trigger.poll();
	domo().touch(sales.id, { rows: 5 });
	domo().touch(stock.id, { updatedAt: '2026-01-02T03:04:05Z' });
	expect(await trigger.poll()).toMatchObject([
		{ dataSetName: 'Sales', events: ['rowsChanged'], rows: 5, change: { rows: { before: 1, after: 5 } } },
	]);
});

test.each([
	['listed', byName('sal', { events: ['schemaChanged'] })],
	['asked for alone', chosen([sales.id], { events: ['schemaChanged'] })],
])('a changed schema says what was added, removed and retyped, when the DataSet is %s', async (_, parameters) => {
	const trigger = new Activated(domo(), parameters);
	await trigger.poll();
	domo().touch(sales.id, { columns: columns({ id: 'STRING', name: 'STRING', city: 'STRING', at: 'DATE' }) });
	const [item, ...others] = await trigger.poll();
	expect(others).toEqual([]);
	expect(item).toMatchObject({
		events: ['schemaChanged'],
		change: {
			schema: {
				added: [
					{ name: 'city', type: 'STRING' },
					{ name: 'at', type: 'DATE' },
				],
				removed: [{ name: 'amount', type: 'DECIMAL' }],
				retyped: [{ name: 'id', before: 'LONG', after: 'STRING' }],
				columns: { before: 3, after: 4 },
			},
		},
	});
	domo().touch(sales.id, { rows: 9 });
	expect(await trigger.poll()).toEqual([]);
});

test('all that happened to a DataSet is one item', async () => {
	const trigger = new Activated(domo(), byName(''));
	await trigger.poll();
	domo().touch(sales.id, { rows: 2, columns: columns({ id: 'LONG' }) });
	expect(await trigger.poll()).toMatchObject([
		{ dataSetName: 'Sales', events: ['dataUpdated', 'rowsChanged', 'schemaChanged'] },
	]);
});

test('a new DataSet is told of once', async () => {
	const trigger = new Activated(domo(), byName('', { events: ['newDataSet'] }));
	await trigger.poll();
	domo().add(oneRow({ name: 'Costs' }));
	expect(await trigger.poll()).toMatchObject([{ dataSetName: 'Costs', events: ['newDataSet'], change: {} }]);
	expect(await trigger.poll()).toEqual([]);
});

test.each([['sales team'], ['7']])('the DataSets of the owner %s are watched, and no others', async (owner) => {
	const trigger = new Activated(domo(), { watch: 'owner', owner, events: ALL_EVENTS });
	await trigger.poll();
	domo().touch(sales.id, { rows: 2 });
	domo().touch(stock.id, { rows: 2 });
	expect(names(await trigger.poll())).toEqual(['Sales']);
});

test('the first poll tells of every DataSet when it is asked to', async () => {
	const trigger = new Activated(domo(), byName('', { options: { emitOnFirstPoll: true } }));
	expect(await trigger.poll()).toMatchObject([{ events: ['firstPoll'] }, { events: ['firstPoll'] }]);
	expect(await trigger.poll()).toEqual([]);
});

test('25 chosen DataSets whose list carries what their description does not start nothing', async () => {
	const many = catalogue(25);
	for (const one of many) domo().add(one);
	domo().omit('metadata', ['dataCurrentAt', 'owner', 'rows']);
	const events = { events: ALL_EVENTS };
	const trigger = new Activated(
		domo(),
		chosen(
			many.slice(0, 20).map(({ id }) => id),
			events,
		),
	);
	await trigger.poll();
	// One more than are asked for alone: from here on they are listed.
	for (const count of [25, 20, 25]) {
		trigger.edit(
			chosen(
				many.slice(0, count).map(({ id }) => id),
				events,
			),
		);
		expect([await trigger.poll(), await trigger.poll()]).toEqual([[], []]);
	}
	domo().touch(many[3]?.id ?? '', { updatedAt: '2027-01-01T00:00:00.000Z' });
	expect(await trigger.poll()).toMatchObject([{ events: ['dataUpdated'] }]);
});

test('another type of a column is a change of a chosen DataSet, even where Domo shows no new time', async () => {
	const trigger = new Activated(domo(), chosen([sales.id], { events: ['schemaChanged'] }));
	await trigger.poll();
	const { updatedAt, dataCurrentAt } = sales;
	const retyped = columns({ id: 'LONG', name: 'DATE', amount: 'DECIMAL' });
	domo().touch(sales.id, { columns: retyped, updatedAt, dataCurrentAt });
	const change = { schema: { added: [], removed: [], retyped: [{ name: 'name', before: 'STRING', after: 'DATE' }] } };
	expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ events: ['schemaChanged'], change }], []]);
});

test('a description without a schema takes no columns away', async () => {
	const trigger = new Activated(domo(), chosen([sales.id], { events: ['schemaChanged'] }));
	await trigger.poll();
	domo().omit('metadata', ['schema']);
	domo().touch(sales.id, { rows: 4 });
	expect(await trigger.poll()).toEqual([]);
	domo().omit('metadata', []);
	domo().touch(sales.id, { rows: 5 });
	expect(await trigger.poll()).toEqual([]);
});
