import { catalogue } from '../../../sandbox/domo/dataSets';
import { Activated, chosen } from './n8n';
import { aDomo, ALL_EVENTS, byName, names, sales, stock } from './twoDataSets';

const domo = aDomo();

test('an ID that leads nowhere is told of when the workflow is activated', async () => {
	const nowhere = '00000000-0000-4000-a000-000000000000';
	const trigger = new Activated(domo(), chosen([sales.id, nowhere]));
	await expect(trigger.poll()).rejects.toThrow(nowhere);
});

test.each([
	[
		'an owner without DataSets',
		{ watch: 'owner', owner: 'Nobody', events: ALL_EVENTS },
		'owned by "Nobody"',
		"'Owner'",
	],
	['a name that none has', byName('costs'), 'whose name contains "costs"', "'Name Contains'"],
	['an ID that leads nowhere', chosen(['00000000-0000-4000-a000-000000000000']), '00000000-0000', 'datasources/'],
])(
	'%s is told of when the workflow is published, also with another choice than before',
	async (_, parameters, says, hint) => {
		const refusal = { message: expect.stringContaining(says), description: expect.stringContaining(hint) };
		const trigger = new Activated(domo(), parameters);
		await expect(trigger.poll()).rejects.toMatchObject(refusal);
		await expect(trigger.poll('manual')).rejects.toMatchObject(refusal);
		const edited = new Activated(domo(), byName(''));
		await edited.poll();
		edited.edit(parameters);
		await expect(edited.poll()).rejects.toMatchObject(refusal);
	},
);

test.each([
	['of an owner', { watch: 'owner', owner: 'Sales Team', events: ALL_EVENTS }, 'owned by "Sales Team"'],
	['by name', byName('sales'), 'whose name contains "sales"'],
])('when the last DataSet %s is gone, the log says so once, and the trigger goes on', async (_, parameters, says) => {
	const trigger = new Activated(domo(), parameters);
	await trigger.poll();
	domo().remove(sales.id);
	expect([await trigger.poll(), await trigger.poll()]).toEqual([[], []]);
	expect(trigger.warnings).toEqual([expect.stringContaining(says)]);
	domo().add({ ...sales, rows: 5 });
	expect(names(await trigger.poll())).toEqual(['Sales']);
});

test('a client that sees nothing at all is told so', async () => {
	for (const { id } of [sales, stock]) domo().remove(id);
	await expect(new Activated(domo(), byName('')).poll()).rejects.toThrow('This client sees no DataSets');
});

test('a list that names no owners cannot be watched by owner', async () => {
	domo().omit('list', ['owner']);
	const trigger = new Activated(domo(), { watch: 'owner', owner: 'Sales Team', events: ALL_EVENTS });
	for (const mode of ['trigger', 'manual'] as const) {
		await expect(trigger.poll(mode)).rejects.toThrow('Domo lists 2 DataSets, but not who owns them');
	}
});

test('DataSets without any time are named in the log when Data Updated is watched', async () => {
	domo().omit('list', ['updatedAt', 'dataCurrentAt']);
	const trigger = new Activated(domo(), byName(''));
	expect([await trigger.poll(), await trigger.poll()]).toEqual([[], []]);
	expect(trigger.warnings).toEqual([expect.stringContaining('no time of the last update for 2 of 2')]);
	domo().touch(sales.id, { rows: 7 });
	expect(await trigger.poll()).toMatchObject([{ events: ['rowsChanged'], updatedAt: null, dataCurrentAt: null }]);
});

test('the latest updated is found whatever order the list comes in, beyond any page', async () => {
	for (const one of catalogue(1200)) domo().add({ ...one, updatedAt: '2026-05-01T00:00:00.000Z' });
	const trigger = new Activated(domo(), { watch: 'owner', owner: 'Sales Team', events: ALL_EVENTS });
	expect(names(await trigger.poll('manual'))).toEqual(['Sales']);
});

test('a test by hand gives the latest updated DataSet, and leaves the state alone', async () => {
	domo().touch(stock.id, { rows: 4 });
	const trigger = new Activated(domo(), byName(''));
	expect(await trigger.poll('manual')).toMatchObject([{ dataSetId: stock.id, events: ALL_EVENTS, rows: 4 }]);
	expect(JSON.stringify(trigger.staticData)).not.toContain('watched');
	trigger.edit(chosen([sales.id, stock.id]));
	expect(names(await trigger.poll('manual'))).toEqual(['Stock']);
	trigger.edit({ watch: 'owner', owner: 'Sales Team', events: ALL_EVENTS });
	expect(names(await trigger.poll('manual'))).toEqual(['Sales']);
	trigger.edit(byName('nothing like it'));
	await expect(trigger.poll('manual')).rejects.toThrow('nothing like it');
});

test.each([
	['DataSets', { watch: 'dataSets', dataSets: {} }],
	['Input DataSet ID', chosen(['sales'])],
	['Owner', { watch: 'owner', owner: ' ' }],
	['Events', byName('', { events: [] })],
	['Watch', { watch: 'everything' }],
])('a wrong %s is named, and Domo is not asked', async (label, parameters) => {
	const trigger = new Activated(domo(), parameters);
	await expect(trigger.poll()).rejects.toMatchObject({
		message: expect.stringContaining(label),
		description: expect.stringMatching(/\w/),
	});
	expect(domo().requests).toEqual([]);
});

test.each(['unauthorized', 'forbidden', 'tooManyRequests', 'loginPage', 'badGateway'] as const)(
	'no secret is in what n8n shows and stores when Domo answers %s',
	async (fault) => {
		const trigger = new Activated(domo(), byName(''));
		await trigger.poll();
		const secrets = [domo().clientSecret, String(trigger.store.stored('domoClientApi').accessToken)];
		domo().fault('list', fault);
		const failure = await trigger.poll().catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(Error);
		const told = Object.getOwnPropertyNames(failure).map((name) => String(Reflect.get(Object(failure), name)));
		const kept = `${told} ${JSON.stringify(failure)} ${JSON.stringify(trigger.staticData)}`;
		expect(secrets.filter((secret) => secret === '' || kept.includes(secret))).toEqual([]);
	},
);
