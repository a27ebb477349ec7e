import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { oneRow } from '../../../sandbox/domo/dataSets';
import { freePort } from '../../../sandbox/process';
import { type DomoDouble, type Fault, startDomo } from '../../../sandbox/domo/domo';
import { type Bench, byId, startBench } from './bench';

const DATA_SET = oneRow();

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());
afterEach(() => ['token', 'list'].forEach((what) => bench.domo.fault(what, 'none')));

let others: DomoDouble[] = [];
afterEach(async () => {
	for (const one of others) await one.close();
	others = [];
});

/** A client of another Domo, that was created with these scopes. */
async function otherClient(scopes: readonly string[]): Promise<ICredentialDataDecryptedObject> {
	const domo = await startDomo({ scopes });
	others.push(domo);
	return { apiHost: domo.url, clientId: domo.clientId, clientSecret: domo.clientSecret };
}

/** What n8n answers when the credential is saved with these fields. */
async function tested(fields: ICredentialDataDecryptedObject = {}) {
	return await bench.engine({ domoClientApi: fields }).testCredential('domoClientApi');
}

test.each([
	['a slash', '/'],
	['a path', '/v1/datasets'],
	['a query', '?from=mail'],
])('an API host with %s behind it passes, as it does when the node runs', async (_, rest) => {
	expect(await tested({ apiHost: bench.domo.url + rest })).toMatchObject({ status: 'OK' });
});

test.each<[string, () => ICredentialDataDecryptedObject | Promise<ICredentialDataDecryptedObject>, RegExp]>([
	[
		'a wrong secret',
		() => ({ clientSecret: 'wrong' }),
		/^Domo refused the client ID and secret\. .*Client Secret.*scope "data"/,
	],
	[
		'a client that was created without the scope',
		async () => ({ ...(await otherClient(['user', 'account'])) }),
		/^This Domo client was created without the scope "data"\. An API client cannot be edited: create a new one.*API Clients/,
	],
	['no secret', () => ({ clientSecret: '' }), /^Client Secret: it is empty\. Paste the Client Secret/],
	['a host without https', () => ({ apiHost: 'http://api.domo.com' }), /^API Host: .*https:\/\/api\.domo\.com/],
	[
		'a host that nobody answers at',
		async () => ({ apiHost: `http://127.0.0.1:${await freePort()}` }),
		/^Domo cannot be reached: the connection was refused\. Check API Host/,
	],
])('a red test by %s says what happened and what to do', async (_, fields, says) => {
	expect(await tested(await fields())).toEqual({ status: 'Error', message: expect.stringMatching(says) });
});

test.each<[Fault, RegExp]>([
	['forbidden', /does not let it list DataSets\. .*scope "data"/],
	['badGateway', /^Domo is not available at the moment \(status 502\)\. Test again/],
	['tooManyRequests', /^Domo is not available at the moment \(status 429\)\. Test again/],
	['notFound', /^There is no Domo API at 'API Host'\. It should be https:\/\/api\.domo\.com/],
])('a red test because Domo answers the list with %s says what to do', async (fault, says) => {
	bench.domo.fault('list', fault, 3);
	expect(await tested()).toEqual({ status: 'Error', message: expect.stringMatching(says) });
});

test('an execution with a wrong secret still tells apart what happened and what to do', async () => {
	const engine = bench.engine({ domoClientApi: { clientSecret: 'wrong' } });
	const { parameters } = await bench.place('sftp');
	const { run } = await bench.run({ parameters: { ...parameters, dataSet: byId(DATA_SET.id) }, engine });
	expect(run.error).toMatchObject({
		type: 'domoLogin',
		message: 'Domo refused the client ID and secret',
		description: expect.stringMatching(/Client Secret.*scope "data"/),
	});
});
