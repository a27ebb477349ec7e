import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import * as dataSets from '../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from '../nodes/DomoWriteback/bench';
import { KINDS } from '../nodes/DomoWriteback/places';

/** A proxy that writes down all that it is asked for, and does nothing of it. */
async function startProxy() {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
		response.writeHead(502).end();
	});
	server.on('connect', (request, socket) => {
		seen.push(`CONNECT ${request.url}`);
		socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	};
	return { url: `http://127.0.0.1:${port}`, seen, close };
}

const DATA_SET = dataSets.oneRow();
const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'] as const;
const before = Object.fromEntries([...VARIABLES, 'NO_PROXY', 'no_proxy'].map((name) => [name, process.env[name]]));

let bench: Bench;
let proxy: Awaited<ReturnType<typeof startProxy>>;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
	proxy = await startProxy();
}, 120_000);
afterAll(async () => {
	await proxy?.close();
	await bench?.close();
});
beforeEach(() => proxy.seen.splice(0));
afterEach(() => {
	for (const [name, value] of Object.entries(before)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
});

describe.each(VARIABLES)('with %s', (variable) => {
	it.each(KINDS)('no request to this machine, and no secret, reaches the proxy on the way to %s', async (kind) => {
		delete process.env.NO_PROXY;
		delete process.env.no_proxy;
		process.env[variable] = proxy.url;
		const { parameters } = await bench.place(kind);
		const outcome = await bench.run({ parameters: { ...parameters, dataSet: byId(DATA_SET.id) } });
		expect(proxy.seen).toEqual([]);
		expect(receiptOf(outcome).rows).toBe(1);
	});
});

it('a token that was refused is renewed without the proxy, too', async () => {
	delete process.env.NO_PROXY;
	process.env.HTTP_PROXY = proxy.url;
	const { parameters } = await bench.place('sftp');
	bench.domo.fault(DATA_SET.id, { kind: 'unauthorized', on: 'metadata' }, 1);
	const outcome = await bench.run({ parameters: { ...parameters, dataSet: byId(DATA_SET.id) } });
	expect(proxy.seen).toEqual([]);
	expect(receiptOf(outcome).rows).toBe(1);
});

/** No name is looked up outside of this machine. */
const failingLookup: LookupFunction = (_host, _options, answer) =>
	answer(Object.assign(new Error('No such host'), { code: 'ENOTFOUND' }), '');

const ELSEWHERE = { accountName: 'writebackproxytest', blobEndpoint: '' };

it.each([
	['the proxy', '', 1],
	['no proxy where NO_PROXY says so', 'writebackproxytest.blob.core.windows.net', 0],
])('a blob service elsewhere is reached by %s', async (_, noProxy, requests) => {
	process.env.HTTPS_PROXY = proxy.url;
	process.env.NO_PROXY = noProxy;
	await jest.isolateModulesAsync(async () => {
		const { openService } = await import('../../core/destinations/azureBlob/client');
		const { readAccount } = await import('../../core/destinations/azureBlob/account');
		const { allowAllHosts: anywhere } = await import('../../core/destinations/egressPolicy');
		const nowhere = { ...anywhere, lookup: failingLookup };
		const service = openService(readAccount({ ...ELSEWHERE, sasToken: bench.azure.accountSas() }), nowhere, 2000);
		await service.client
			.getContainerClient('exports')
			.exists()
			.catch(() => undefined);
		service.close();
	});
	expect(proxy.seen.filter((line) => line.startsWith('CONNECT writebackproxytest'))).toHaveLength(requests);
	expect(proxy.seen.join()).not.toContain('sig=');
});
