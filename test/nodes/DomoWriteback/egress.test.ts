/** @jest-environment-options {"ownN8n": true} */
import { promises as dns } from 'node:dns';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from './bench';
import { contactsDuring } from './contacts';

const DATA_SET = dataSets.oneRow();

/** What an administrator sets: private addresses, this machine's own among them, are forbidden, but for one name. */
const POLICY = { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' };

let bench: Bench;
beforeAll(async () => {
	// n8n reads them once, when something first asks.
	Object.assign(process.env, POLICY);
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => {
	for (const name of Object.keys(POLICY)) delete process.env[name];
	await bench?.close();
});

/** An address that no policy forbids, and nobody connects to. */
const PUBLIC = '93.184.215.14';

/** The sandbox's servers under a name that is allowed. */
const named = (address: string) => address.replace('127.0.0.1', 'localhost');

const FIELDS = {
	sftp: { label: 'Hostname', credential: 'sftpWritebackApi' },
	azureBlob: { label: 'Blob Endpoint', credential: 'azureBlobSasApi' },
} as const;

describe.each(['sftp', 'azureBlob'] as const)('where private addresses are forbidden, to %s', (kind) => {
	const domoClientApi = () => ({ apiHost: named(bench.domo.url) });

	test('a forbidden server is not connected to, and the message names the field', async () => {
		const place = await bench.place(kind);
		const engine = bench.engine({ domoClientApi: domoClientApi() });
		let error: unknown;
		const contacts = await contactsDuring(bench, async () => {
			({ error } = (await bench.run({ parameters: { ...place.parameters, dataSet: byId(DATA_SET.id) }, engine })).run);
		});
		expect(error).toMatchObject({
			type: 'setting',
			message: `${FIELDS[kind].label}: this n8n instance does not allow connections to 127.0.0.1`,
			description: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES'),
		});
		expect(contacts).toEqual({ connections: 0, logins: 0, blobRequests: 0 });
	});

	test('a name that leads to a forbidden address once it was checked is not connected to', async () => {
		const place = await bench.place(kind);
		const REBOUND = `${kind.toLowerCase()}.example.com`;
		const lookup = dns.lookup;
		let asked = 0;
		// The first look is the check's; the second is the connection's.
		const rebinding = async (host: string, ...rest: unknown[]): Promise<unknown> => {
			if (host !== REBOUND) return await Reflect.apply(lookup, dns, [host, ...rest]);
			asked += 1;
			return [{ address: asked === 1 ? PUBLIC : '127.0.0.1', family: 4 }];
		};
		const spy = jest.spyOn(dns, 'lookup').mockImplementation(rebinding as typeof dns.lookup);
		const typed = { hostname: REBOUND, blobEndpoint: `https://${REBOUND}:${new URL(bench.azure.blobEndpoint).port}` };
		const engine = bench.engine({ domoClientApi: domoClientApi(), [FIELDS[kind].credential]: typed });
		let error: unknown;
		const contacts = await contactsDuring(bench, async () => {
			({ error } = (await bench.run({ parameters: { ...place.parameters, dataSet: byId(DATA_SET.id) }, engine })).run);
		});
		spy.mockRestore();
		expect(asked).toBe(2);
		expect(error).toMatchObject({
			type: 'setting',
			message: `${FIELDS[kind].label}: this n8n instance does not allow connections to ${REBOUND}`,
		});
		expect(contacts).toEqual({ connections: 0, logins: 0, blobRequests: 0 });
	});

	test('an allowed server is written to', async () => {
		const place = await bench.place(kind);
		const typed = { hostname: 'localhost', blobEndpoint: named(bench.azure.blobEndpoint) };
		const engine = bench.engine({ domoClientApi: domoClientApi(), [FIELDS[kind].credential]: typed });
		const outcome = await bench.run({ parameters: { ...place.parameters, dataSet: byId(DATA_SET.id) }, engine });
		expect(receiptOf(outcome)).toMatchObject({ rows: 1 });
		expect(await place.names()).toEqual([`${DATA_SET.id}.csv`]);
	});
});
