import { lookup as look } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { listContainers } from '../../../../core/destinations/azureBlob/containers';

const SAS = 'ss=b&srt=so&sp=rwcl&sig=secret';
const EMPTY = '<?xml version="1.0"?><EnumerationResults><Containers /><NextMarker /></EnumerationResults>';

/** A blob service of one answer on a free port of the loopback address, and every path it was asked for. */
async function startService(answer: RequestListener) {
	const paths: string[] = [];
	const server = createServer((request, response) => {
		paths.push(request.url ?? '');
		answer(request, response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const connections = async () =>
		await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
	return { port, paths, connections, close: () => server.close() };
}

const fieldsFor = (port: number) => ({
	accountName: 'account',
	sasToken: SAS,
	blobEndpoint: `http://localhost:${port}`,
});

test('requests go to what the given lookup finds, and no connection stays', async () => {
	const service = await startService((_, response) => response.setHeader('content-type', 'application/xml').end(EMPTY));
	const names: string[] = [];
	const lookup: LookupFunction = (host, options, answer) => {
		names.push(host);
		look(host, { ...options, family: 4 }, answer);
	};
	const egress = { check: async () => undefined, lookup };
	expect(await listContainers(fieldsFor(service.port), '', undefined, egress)).toEqual({ names: [] });
	expect(names).toEqual(['localhost']);
	for (let tries = 0; tries < 100 && (await service.connections()) > 0; tries++) await new Promise(setImmediate);
	expect(await service.connections()).toBe(0);
	service.close();
});

test('a service that sends the SAS elsewhere is not followed', async () => {
	const elsewhere = await startService((_, response) => response.end());
	const service = await startService((_, response) =>
		response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
	);
	await expect(listContainers(fieldsFor(service.port), '')).rejects.toMatchObject({ reason: 'targetRefused' });
	expect(service.paths).toHaveLength(1);
	expect(elsewhere.paths).toEqual([]);
	for (const { close } of [service, elsewhere]) close();
});
