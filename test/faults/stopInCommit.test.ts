import { type BlobFault, startFaultyBlobService } from '../../sandbox/faultyBlobService';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { type Bench, byId, startBench } from '../nodes/DomoWriteback/bench';
import type { Typed } from '../nodes/DomoWriteback/execution';
import { openBlobScene } from './blobScene';
import { DATA_SET, folderOnDisk, type Scene } from './row';

const NAME = `${DATA_SET.id}.csv`;
const OLD = 'what was there before';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

async function runTo(scene: Scene, typed: Typed, signal: AbortSignal) {
	await scene.put(NAME, OLD);
	const parameters = { ...scene.parameters, dataSet: byId(DATA_SET.id), transfer: { blockSize: 1 } };
	const { run } = await bench.run({ parameters, engine: bench.engine(typed), signal });
	const isOld = String(await scene.read(NAME)) === OLD;
	return { status: run.status, hint: String(run.error?.description), isOld };
}

test('a stop while an SFTP server renames the file, whose answer is lost, does not claim that the target is as it was', async () => {
	const stop = new AbortController();
	const server = await startSsh2Server({
		posixRename: true,
		refuse: ({ name }) => {
			if (name !== 'POSIX-RENAME') return undefined;
			stop.abort();
			return 'replyLost';
		},
	});
	const typed = { sftpWritebackApi: { ...passwordFieldsOf(server) } };
	const scene = { ...folderOnDisk(server.root), typed, close: server.close };
	expect(await runTo(scene, typed, stop.signal)).toEqual({
		status: 'canceled',
		hint: expect.stringContaining('The target may already hold the new file'),
		isOld: false,
	});
	await server.close();
}, 60_000);

test.each<BlobFault>(['reset', { status: 503 }])(
	'a stop while Azure publishes a blob, and answers with %j, does not claim that the target is as it was',
	async (fault) => {
		const stop = new AbortController();
		const scene = await openBlobScene(bench);
		const faulty = await startFaultyBlobService(bench.azure.blobEndpoint);
		faulty.fault(({ name }) => {
			if (name !== 'PUT blocklist') return undefined;
			stop.abort();
			return fault;
		});
		const { status, hint } = await runTo(
			scene,
			{ azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } },
			stop.signal,
		);
		expect({ status, hint }).toEqual({
			status: 'canceled',
			hint: expect.stringContaining('The target may already hold'),
		});
		await faulty.close();
	},
	60_000,
);
