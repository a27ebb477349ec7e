import { columns } from '../../../sandbox/domo/dataSet';
import { catalogue, oneRow } from '../../../sandbox/domo/dataSets';
import { Activated, chosen } from './n8n';
import { aDomo, byName, names, sales, stock } from './twoDataSets';

const domo = aDomo();

test('what was changed while the workflow was inactive is told of when it is active again', async () => {
	const trigger = new Activated(domo(), chosen([sales.id]));
	await trigger.poll();
	const kept = trigger.staticData;
	domo().touch(sales.id, { rows: 2 });
	domo().touch(sales.id, { rows: 3 });
	const again = new Activated(domo(), chosen([sales.id]));
	again.staticData = kept;
	expect(await again.poll()).toHaveLength(1);
});

test('a poll that fails in the middle tells of nothing, and the next one of all', async () => {
	domo().add(oneRow({ name: 'Costs' }));
	for (const one of catalogue(60)) domo().add(one);
	const trigger = new Activated(domo(), byName(''));
	await trigger.poll();
	domo().touch(sales.id, { rows: 2 });
	const before = trigger.staticData;
	domo().fault('list', ['none', 'badGateway']);
	await expect(trigger.poll()).rejects.toMatchObject({ message: expect.stringContaining('Domo') });
	expect(trigger.staticData).toEqual(before);
	expect(names(await trigger.poll())).toEqual(['Sales']);
});

test('of two polls at a time one tells of the change', async () => {
	const trigger = new Activated(domo(), chosen([sales.id]));
	await trigger.poll();
	domo().touch(sales.id, { rows: 2 });
	const items = await trigger.polls(2);
	expect(names(items)).toEqual(['Sales']);
});

test('a deleted DataSet is logged once, starts nothing, and is compared when it is back', async () => {
	const trigger = new Activated(domo(), chosen([sales.id, stock.id]));
	await trigger.poll();
	domo().remove(sales.id);
	expect([await trigger.poll(), await trigger.poll()]).toEqual([[], []]);
	expect(trigger.warnings).toEqual([expect.stringContaining(sales.id)]);
	domo().add(sales);
	expect(await trigger.poll()).toEqual([]);
	domo().touch(sales.id, { rows: 2 });
	expect(names(await trigger.poll())).toEqual(['Sales']);
});

test.each([
	['of a later version', { watched: { version: 99, revision: 4, packed: 'x' } }],
	['that is cut', { watched: { version: 1, revision: 4, packed: 'q1Yq' } }],
	['that is no state', { watched: 'yes' }],
])('a state %s counts as none', async (_, state) => {
	const trigger = new Activated(domo(), chosen([sales.id]));
	trigger.staticData = { 'node:When Changed': { ...state, ofSomebodyElse: 1 } };
	expect(await trigger.poll()).toEqual([]);
	expect(trigger.warnings).toHaveLength(1);
	expect(trigger.staticData).toMatchObject({ 'node:When Changed': { ofSomebodyElse: 1 } });
	domo().touch(sales.id, { rows: 2 });
	expect(await trigger.poll()).toHaveLength(1);
});

test('DataSets that another choice brings into view are not new', async () => {
	const trigger = new Activated(domo(), byName('sales'));
	await trigger.poll();
	trigger.edit(byName(''));
	domo().touch(sales.id, { rows: 2 });
	expect(names(await trigger.poll())).toEqual(['Sales']);
});

test('an event chosen later has no past', async () => {
	const trigger = new Activated(domo(), byName('', { events: ['rowsChanged'] }));
	await trigger.poll();
	domo().touch(sales.id, { columns: columns({ id: 'LONG' }) });
	trigger.edit(byName('', { events: ['schemaChanged', 'dataUpdated'] }));
	expect(await trigger.poll()).toEqual([]);
});
