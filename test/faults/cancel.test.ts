import { setTimeout as sleep } from 'node:timers/promises';
import { type BlobFault, startFaultyBlobService } from '../../sandbox/faultyBlobService';
import { startFaultyLine } from '../../sandbox/faultyLine';
import { startOpenSsh } from '../../sandbox/openssh';
import type { Instead } from '../../sandbox/ssh2Requests';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { type Bench, byId, startBench } from '../nodes/DomoWriteback/bench';
import { openBlobScene } from './blobScene';
import { DATA_SET, folderOnDisk, type Scene } from './row';

const NAME = `${DATA_SET.id}.csv`;
const OLD = 'what was there before';

/** Far longer than a stop may take, far shorter than what is waited for: idle times are a minute and more. */
const STOPPED_WITHIN_MS = 8_000;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

/** A scene, and whether the wait has begun. */
interface Waiting {
	readonly scene: Scene;
	reached(): boolean;
}

async function onRequest(name: string, what: Instead): Promise<Waiting> {
	let reached = false;
	const server = await startSsh2Server({
		posixRename: true,
		refuse: (request) => {
			if (request.name !== name) return undefined;
			reached = true;
			return what;
		},
	});
	const typed = { sftpWritebackApi: { ...passwordFieldsOf(server) } };
	return { scene: { ...folderOnDisk(server.root), typed, close: server.close }, reached: () => reached };
}

async function onLogin(): Promise<Waiting> {
	let reached = false;
	const server = await startSsh2Server({
		authenticate: (context) => {
			reached = context.method !== 'none';
		},
	});
	const typed = { sftpWritebackApi: { ...passwordFieldsOf(server) } };
	return { scene: { ...folderOnDisk(server.root), typed, close: server.close }, reached: () => reached };
}

/** Nothing comes through any more after so many bytes. */
async function onLine(atByte: number): Promise<Waiting> {
	const server = await startOpenSsh();
	const line = await startFaultyLine(server.port, () => ({ atByte, how: 'blackHole' }));
	const close = async () => {
		await line.close();
		await server.close();
	};
	const typed = { sftpWritebackApi: { ...sftpFieldsOf(server), port: line.port } };
	return { scene: { ...folderOnDisk(server.root), typed, close }, reached: () => line.faults() > 0 };
}

async function onBlob(name: string, what: BlobFault): Promise<Waiting> {
	let reached = false;
	const scene = await openBlobScene(bench);
	const faulty = await startFaultyBlobService(bench.azure.blobEndpoint);
	faulty.fault((request) => {
		if (request.name !== name) return undefined;
		reached = true;
		return what;
	});
	const typed = { azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } };
	return { scene: { ...scene, typed, close: faulty.close }, reached: () => reached };
}

const ASKED_TO_WAIT: BlobFault = { status: 429, headers: { 'retry-after': '60' } };

/** Where an execution can wait for its destination, and whether a part file may stay: the server that is silent does not remove it either. */
const WAITS: ReadonlyArray<readonly [where: string, open: () => Promise<Waiting>, mayLeave: boolean]> = [
	['for the key exchange', async () => await onLine(1), false],
	['for the login', onLogin, false],
	['for a file to be created', async () => await onRequest('OPEN', 'silence'), true],
	['for a write', async () => await onRequest('WRITE', 'silence'), false],
	['for a line that carries nothing any more', async () => await onLine(1_500_000), true],
	['to reach a server that ends every connection', async () => await onRequest('WRITE', 'disconnect'), false],
	['for the file to be closed', async () => await onRequest('CLOSE', 'silence'), false],
	['for the first answer of Azure', async () => await onBlob('GET properties', 'silence'), false],
	['for a block to be taken', async () => await onBlob('PUT block', 'silence'), false],
	['to send a block again', async () => await onBlob('PUT block', ASKED_TO_WAIT), false],
	['for the list of blocks', async () => await onBlob('GET blocklist', 'silence'), false],
	['to publish a blob again', async () => await onBlob('PUT blocklist', ASKED_TO_WAIT), false],
];

test.each(WAITS)(
	'an execution that is stopped while it waits %s ends, and the target is as it was',
	async (_where, open, mayLeave) => {
		const { scene, reached } = await open();
		try {
			await scene.put(NAME, OLD);
			const stop = new AbortController();
			const parameters = { ...scene.parameters, dataSet: byId(DATA_SET.id), transfer: { blockSize: 1 } };
			const running = bench.run({ parameters, engine: bench.engine(scene.typed), signal: stop.signal });
			while (!reached()) await sleep(10);
			await sleep(200);
			stop.abort();
			const late = sleep(STOPPED_WITHIN_MS, undefined, { ref: false });
			const outcome = await Promise.race([running, late]);
			expect(outcome?.run.status).toBe('canceled');
			expect(String(await scene.read(NAME))).toBe(OLD);
			const left = (await scene.names()).filter((name) => name !== NAME);
			expect(left.length).toBeLessThanOrEqual(mayLeave ? 1 : 0);
		} finally {
			await scene.close();
		}
	},
	60_000,
);
