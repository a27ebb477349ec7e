import * as dataSets from '../../sandbox/domo/dataSets';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { type Bench, byId, startBench } from '../nodes/DomoWriteback/bench';
import type { Typed } from '../nodes/DomoWriteback/execution';
import { startSilentBlobs } from './silentBlobs';

const ROW = dataSets.oneRow();

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([ROW]);
}, 120_000);
afterAll(async () => await bench?.close());

/** Stops an execution that waits as long as it may; resolves to how long it took to end. */
async function stopped(kind: 'sftp' | 'azureBlob', typed: Typed, stop: AbortController) {
	const place = await bench.place(kind);
	let stoppedAt = 0;
	stop.signal.addEventListener('abort', () => (stoppedAt = performance.now()));
	const { run } = await bench.run({
		parameters: { ...place.parameters, dataSet: byId(ROW.id), transfer: { idleTimeout: 3600 } },
		engine: bench.engine(typed),
		signal: stop.signal,
	});
	return { ms: performance.now() - stoppedAt, status: run.status, hint: String(run.error?.description) };
}

test.each(['POSIX-RENAME', 'SETSTAT'])(
	'an execution that is stopped ends, although the SFTP server never answers a %s',
	async (name) => {
		const stop = new AbortController();
		const server = await startSsh2Server({
			posixRename: true,
			refuse: (request) => {
				if (request.name !== 'POSIX-RENAME' && !stop.signal.aborted) return undefined;
				stop.abort();
				return request.name === name ? 'silence' : undefined;
			},
		});
		try {
			const typed = { sftpWritebackApi: { ...passwordFieldsOf(server) } };
			const { ms, status } = await stopped('sftp', typed, stop);
			expect(status).toBe('canceled');
			expect(ms).toBeLessThan(30_000);
		} finally {
			await server.close();
		}
	},
	60_000,
);

test('an execution that is stopped ends, although Azure never answers a publication', async () => {
	const silent = await startSilentBlobs();
	const stop = new AbortController();
	const watch = setInterval(() => silent.waiting() > 0 && stop.abort(), 20);
	try {
		const typed = { azureBlobSasApi: { blobEndpoint: silent.blobEndpoint } };
		const { ms, status, hint } = await stopped('azureBlob', typed, stop);
		expect({ status, hint }).toMatchObject({ status: 'canceled', hint: expect.stringContaining('may already hold') });
		expect(ms).toBeLessThan(30_000);
	} finally {
		clearInterval(watch);
		await silent.close();
	}
}, 60_000);
