import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type BlobFault, startFaultyBlobService } from '../../sandbox/faultyBlobService';
import { startFaultyLine } from '../../sandbox/faultyLine';
import { openBlobScene } from './blobScene';
import type { Row } from './row';

/** Some request of a name, counted from 0, or all from there on. */
interface When {
	readonly name: string;
	readonly from: number;
	readonly onwards?: boolean;
}

const azure = (fault: string, ends: Row['ends'], { name, from, onwards = false }: When, what: BlobFault): Row => ({
	where: 'Azure',
	fault,
	ends,
	arrange: async ({ azure }) => {
		const scene = await openBlobScene({ azure });
		const faulty = await startFaultyBlobService(azure.blobEndpoint);
		faulty.fault((request) => {
			const meant = request.name === name && (request.before === from || (onwards && request.before > from));
			return meant ? what : undefined;
		});
		return { ...scene, typed: { azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } }, close: faulty.close };
	},
});

/** Azurite behind a line that takes everything and answers nothing from some byte on, once or every time. */
const hole = (fault: string, ends: Row['ends'], times: number): Row => ({
	where: 'Azure',
	fault,
	ends,
	arrange: async ({ azure }) => {
		const scene = await openBlobScene({ azure });
		const behind = new URL(azure.blobEndpoint);
		let left = times;
		const line = await startFaultyLine(Number(behind.port), () =>
			left-- > 0 ? { atByte: 500_000, how: 'blackHole' } : undefined,
		);
		behind.port = String(line.port);
		return { ...scene, typed: { azureBlobSasApi: { blobEndpoint: behind.href } }, close: line.close };
	},
});

/** After `put`, which would clear them away: at the first look. */
const foreignBlocks: Row = {
	where: 'Azure',
	fault: 'blocks of another tool wait under the name',
	ends: 'verified',
	arrange: async ({ azure }, dataSetId) => {
		const scene = await openBlobScene({ azure });
		const faulty = await startFaultyBlobService(azure.blobEndpoint);
		faulty.fault(async ({ name, before }) => {
			if (name === 'GET properties' && before === 0) await scene.leaveBlock(`${dataSetId}.csv`);
			return undefined;
		});
		return { ...scene, typed: { azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } }, close: faulty.close };
	},
};

const code = (status: number, name: string): BlobFault => ({ status, headers: { 'x-ms-error-code': name } });
const BLOCK = { name: 'PUT block', from: 1 };
const COMMIT = { name: 'PUT blocklist', from: 0 };
const PAGE = '<!DOCTYPE html><html><body>Bad gateway</body></html>';

/** Another server on the way, with a certificate that no authority has signed. */
const untrusted: Row = {
	where: 'Azure',
	fault: 'the TLS certificate is not trusted',
	ends: 'setting',
	arrange: async (bench) => {
		const scene = await openBlobScene(bench);
		const [key, cert] = await Promise.all(['key.pem', 'certificate.pem'].map(async (file) => await readTls(file)));
		const server = createServer({ key, cert }, (_, response) => response.end()).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		return {
			...scene,
			typed: { azureBlobSasApi: { blobEndpoint: `https://127.0.0.1:${port}/account` } },
			close: async () => void (await new Promise((resolve) => server.close(resolve))),
		};
	},
};

async function readTls(file: string): Promise<Buffer> {
	return await readFile(join(__dirname, 'tls', file));
}

export const AZURE_ROWS: readonly Row[] = [
	untrusted,
	azure('a block meets a request timeout (408)', 'verified', BLOCK, { status: 408 }),
	azure('a block is refused as too many (429)', 'verified', BLOCK, { status: 429, headers: { 'retry-after': '1' } }),
	azure('a block meets an internal error (500)', 'verified', BLOCK, code(500, 'InternalError')),
	azure("a block meets a proxy's page (502)", 'verified', BLOCK, { status: 502, body: PAGE }),
	azure('a block meets a busy server (503)', 'verified', BLOCK, code(503, 'ServerBusy')),
	azure('a block meets a gateway timeout (504)', 'verified', BLOCK, { status: 504 }),
	azure('a block is never answered, once', 'verified', BLOCK, 'silence'),
	azure(
		'Azure answers nothing at all',
		'destinationInterrupted',
		{ name: 'GET properties', from: 0, onwards: true },
		'silence',
	),
	hole('the line falls silent in the middle of a block, once', 'verified', 1),
	hole('the line falls silent in the middle of every block', 'destinationInterrupted', 1000),
	azure('the connection is reset under a block', 'verified', BLOCK, 'reset'),
	foreignBlocks,
	azure('the answer to a block is lost', 'verified', BLOCK, 'replyLost'),
	azure('the answer to the commit is lost', 'verified', COMMIT, 'replyLost'),
	azure('the commit meets a busy server (503)', 'verified', COMMIT, code(503, 'ServerBusy')),
	azure('the SAS expires midway (403)', 'destinationLogin', BLOCK, code(403, 'AuthenticationFailed')),
	azure(
		'the SAS may not write (403)',
		'destinationLogin',
		{ ...BLOCK, from: 0, onwards: true },
		code(403, 'AuthorizationPermissionMismatch'),
	),
	azure(
		'the container is missing (404)',
		'targetRefused',
		{ name: 'GET properties', from: 0 },
		code(404, 'ContainerNotFound'),
	),
	azure('someone holds a lease on the blob (412)', 'targetRefused', COMMIT, code(412, 'LeaseIdMissing')),
	azure('the blob may not be replaced (409)', 'targetRefused', COMMIT, code(409, 'BlobImmutableDueToPolicy')),
	azure('a block arrives damaged (400)', 'incomplete', BLOCK, code(400, 'Md5Mismatch')),
	azure(
		'Azure asks to wait for an hour (429)',
		'destinationInterrupted',
		{ ...COMMIT, onwards: true },
		{ status: 429, headers: { 'retry-after': '3600' } },
	),
];
