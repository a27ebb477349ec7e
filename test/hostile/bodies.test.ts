import { PassThrough, Readable } from 'node:stream';
import type { IDataObject } from 'n8n-workflow';
import { AzureBlobSasApi } from '../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../credentials/DomoClientApi.credentials';
import { DomoWriteback } from '../../nodes/DomoWriteback/DomoWriteback.node';
import { openExport } from '../../core/domo/export';
import { readLimited } from '../../core/support/readLimited';
import { openEngine } from '../../sandbox/engine/engine';
import { Activated } from '../nodes/DomoDataSetTrigger/n8n';
import { byId } from '../nodes/DomoWriteback/execution';
import { NODE_TYPE, writebackWorkflow } from '../nodes/DomoWriteback/workflow';
import { expectWithinBounds, measure } from './bounds';
import { type Flood, type Flooded, startFlood } from './flood';

const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const JSON_TYPE = { 'content-type': 'application/json' };
const XML_TYPE = { 'content-type': 'application/xml' };

const TOKEN: Flooded = {
	path: '/oauth/token',
	how: 'once',
	headers: JSON_TYPE,
	start: JSON.stringify({ access_token: 'token' }),
};
const DESCRIPTION: Flooded = {
	path: `/v1/datasets/${ID}`,
	how: 'once',
	headers: JSON_TYPE,
	start: JSON.stringify({ id: ID, name: 'Sales', rows: 1, schema: { columns: [{ name: 'a', type: 'STRING' }] } }),
};
const DATA = `/v1/datasets/${ID}/data`;

let flood: Flood | undefined;
afterEach(async () => {
	await flood?.close();
	flood = undefined;
});

async function engineAt(ways: readonly Flooded[]) {
	flood = await startFlood(ways);
	const domo = { apiHost: flood.url, clientId: 'client', clientSecret: 'secret', accessToken: '' };
	const sas = 'sv=2024-11-04&ss=b&srt=sco&sp=rwdlac&se=2999-01-01T00:00:00Z&sig=c2lnbmF0dXJl';
	const azure = { accountName: 'account', sasToken: sas, blobEndpoint: `${flood.url}/account` };
	return openEngine(
		{ nodeTypes: { [NODE_TYPE]: DomoWriteback }, credentialTypes: [DomoClientApi, AzureBlobSasApi] },
		{ domoClientApi: domo, azureBlobSasApi: azure },
	);
}

const TO_AZURE: IDataObject = {
	dataSet: byId(ID),
	destination: 'azureBlob',
	container: { __rl: true, mode: 'name', value: 'container' },
	transfer: { maxTries: 1, idleTimeout: 5 },
};

/** Copies a DataSet, and expects an error that says `message`, within the bounds. */
async function expectRefused(ways: readonly Flooded[], message: RegExp, parameters = TO_AZURE): Promise<void> {
	const engine = await engineAt(ways);
	const measured = await measure(async () => {
		const { error } = await engine.runWorkflow({ workflow: writebackWorkflow(parameters, [{}]) });
		return JSON.stringify({ message: error?.message, ...error });
	});
	expect(String(measured.outcome)).toMatch(message);
	expect(String(measured.outcome).length).toBeLessThan(20_000);
	expectWithinBounds(measured);
	expect(measured.peakMiB).toBeLessThan(64);
	expect(measured.tookMs).toBeLessThan(10_000);
}

/** What is loaded at the first time stops the process, too, and is no harm. */
beforeAll(async () => {
	const engine = await engineAt([
		TOKEN,
		{ path: '/v1', how: 'once', status: 403 },
		{ path: '/account', how: 'once', status: 403 },
	]);
	await engine.runWorkflow({ workflow: writebackWorkflow(TO_AZURE, [{}]) });
	await engine
		.listSearch(NODE_TYPE, 'searchContainers', { parameters: { destination: 'azureBlob' } })
		.catch(() => undefined);
	await flood?.close();
}, 60_000);

describe("an answer of Domo's without end", () => {
	test.each([
		['endless', 200],
		['gzip', 200],
		['endless', 401],
		['gzip', 400],
		['endless', 503],
	] as const)('%s with status %i to the login ends within the bounds', async (how, status) => {
		await expectRefused(
			[{ path: '/oauth/token', how, status, headers: JSON_TYPE, start: '{"access_token":"' }],
			/Domo/,
		);
	});

	test.each([
		['endless', 200, /longer than 4 MiB/],
		['gzip', 200, /longer than 4 MiB/],
		['endless', 403, /not shared/],
		['gzip', 404, /does not exist/],
		['endless', 401, /refused the access token/],
		['endless', 406, /refused the access token/],
	] as const)('%s with status %i to the description ends within the bounds', async (how, status, message) => {
		await expectRefused([TOKEN, { ...DESCRIPTION, how, status, start: '{"name":"' }], message);
	});

	test.each([
		['endless', 403, {}, /refuses to export/],
		['gzip', 400, {}, /refuses to export/],
		['endless', 200, { 'content-type': 'text/html' }, /instead of data/],
		['gzip', 200, JSON_TYPE, /instead of data/],
	] as const)('%s with status %i to the export ends within the bounds', async (how, status, headers, message) => {
		await expectRefused([TOKEN, { path: DATA, how, status, headers }, DESCRIPTION], message);
	});

	test.each(['endless', 'gzip'] as const)('%s to the list of the editor ends within the bounds', async (how) => {
		const engine = await engineAt([TOKEN, { path: '/v1/datasets', how, start: '[' }]);
		const measured = await measure(async () => await engine.listSearch(NODE_TYPE, 'searchDataSets'));
		expect(String(measured.outcome)).toMatch(/longer than 4 MiB/);
		expectWithinBounds(measured);
	});

	test('to the list of the trigger ends within the bounds', async () => {
		flood = await startFlood([TOKEN, { path: '/v1/datasets', how: 'endless', start: '[', piece: `{"id":"${ID}"},` }]);
		const trigger = new Activated(
			{ url: flood.url, clientId: 'client', clientSecret: 'secret' } as ConstructorParameters<typeof Activated>[0],
			{ watch: 'name', nameContains: '', events: ['dataUpdated'] },
		);
		// What is loaded at the first time is no harm.
		await trigger.poll().catch(() => undefined);
		const measured = await measure(async () => await trigger.poll());
		expect(String(measured.outcome)).toMatch(/longer than 4 MiB/);
		expectWithinBounds(measured);
	});

	test('to the test of the credential ends within the bounds', async () => {
		const engine = await engineAt([TOKEN, { path: '/v1/datasets', how: 'endless', headers: JSON_TYPE, start: '[' }]);
		const measured = await measure(async () => await engine.testCredential('domoClientApi'));
		expectWithinBounds(measured);
		expect(measured.tookMs).toBeLessThan(10_000);
	});

	test('in its headers is refused', async () => {
		await expectRefused([TOKEN, { ...DESCRIPTION, how: 'headers' }], /Domo cannot be reached/);
	});
});

test('a connection whose body is too long is closed', async () => {
	await expectRefused([TOKEN, { ...DESCRIPTION, how: 'endless', start: '{"name":"' }], /longer than 4 MiB/);
	for (let times = 0; times < 50 && (await flood?.open()) !== 0; times++) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(await flood?.open()).toBe(0);
});

describe("an answer of Azure's without end", () => {
	const SOURCE = [TOKEN, { path: DATA, how: 'once', start: 'a\n1\n' } as const, DESCRIPTION];

	test.each([
		['endless', 403, /refused the SAS token/],
		['gzip', 403, /refused the SAS token/],
		['endless', 409, /answered with status 409/],
	] as const)('%s with status %i ends within the bounds', async (how, status, message) => {
		await expectRefused(
			[...SOURCE, { path: '/account', how, status, headers: XML_TYPE, start: '<?xml version="1.0"?><Error><Code>' }],
			message,
		);
	});

	test.each(['endless', 'gzip'] as const)('%s to the list of containers ends within the bounds', async (how) => {
		const engine = await engineAt([
			{ path: '/account', how, headers: XML_TYPE, start: '<?xml version="1.0"?><EnumerationResults>' },
		]);
		const measured = await measure(
			async () => await engine.listSearch(NODE_TYPE, 'searchContainers', { parameters: { destination: 'azureBlob' } }),
		);
		expect(String(measured.outcome)).toMatch(/answered with status 200/);
		expectWithinBounds(measured);
	});
});

describe('a body that trickles for ever', () => {
	test.each([
		[
			'sends a byte now and then',
			async function* () {
				for (;;) yield await new Promise<string>((resolve) => setTimeout(() => resolve('x'), 20));
			},
		],
		[
			'is silent',
			async function* () {
				yield await new Promise<string>(() => undefined);
			},
		],
	])('ends when its time is over, when it %s', async (_, source) => {
		const startedAt = performance.now();
		await expect(readLimited(Readable.from(source()), 1000, 300)).rejects.toThrow('in time');
		expect(performance.now() - startedAt).toBeLessThan(1000);
	});

	test('ends an export, though it is never silent', async () => {
		const body = new PassThrough();
		const timer = setInterval(() => body.write('x'), 20);
		const ask = async () => ({ status: 200, headers: {}, body });
		const stream = await openExport(ask, ID, 50, new AbortController().signal);
		const all = async () => {
			for await (const chunk of stream) expect(chunk).toHaveLength(1);
		};
		await expect(all()).rejects.toThrow(/Domo sent only \d+ bytes in \d+ s/);
		clearInterval(timer);
	});
});
