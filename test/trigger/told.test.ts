import { Activated, chosen } from './n8n';
import { aDomo, ALL_EVENTS, byName, names, sales, stock } from './twoDataSets';

const domo = aDomo();

test('an ID that leads nowhere is told of when the workflow is activated', async () => {
	const nowhere = '00000000-0000-4000-a000-000000000000';
	const trigger = new Activated(domo(), chosen([sales.id, nowhere]));
	await expect(trigger.poll()).rejects.toThrow(nowhere);
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
