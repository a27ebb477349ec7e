import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { DetailedFault } from '../../../sandbox/domo/domo';
import type { Asked } from './asked';
import { asked } from './asked';
import { type Bench, byId, startBench, type Wish } from './bench';
import { KINDS } from './places';

/** It would take long to send all of it. */
const DATA_SET = dataSets.large({ bytes: 5_000_000_000, name: 'Long enough to stop' });

/** Where a writeback can be when it is stopped, and the last that Domo is asked for before it gets there. */
const MOMENTS: ReadonlyArray<readonly [when: string, last: keyof Asked, fault: DetailedFault]> = [
	['while data trickles', 'exports', { kind: 'rate', bytesPerSecond: 20_000_000 }],
	['while data flows as fast as it can', 'exports', { kind: 'none' }],
	['while Domo is silent in mid-body', 'exports', { kind: 'stall', atByte: 9_000_000 }],
	['while Domo has sent only the head of its answer', 'exports', { kind: 'stall', atByte: 0 }],
	['while Domo prepares the export', 'exports', { kind: 'slowStart', ms: 60_000 }],
	['while the metadata is waited for', 'metadata', { kind: 'slowStart', ms: 60_000, on: 'metadata' }],
	['while a token is waited for', 'tokens', { kind: 'slowStart', ms: 60_000, on: 'token' }],
	// Longer than the other executions of this process would be made to wait.
	['while it waits to try again', 'exports', { kind: 'tooManyRequests', retryAfterSeconds: 300, on: 'export' }],
];

/** On a busy machine; what is stopped would take minutes. */
const STOPPED_MS = 5_000;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());
beforeEach(() => [DATA_SET.id, 'token'].forEach((id) => bench.domo.fault(id, 'none')));

/** Runs the writeback and stops it a moment after Domo was asked for `last`. */
async function stopped(wish: Omit<Wish, 'signal'>, last: keyof Asked = 'exports') {
	const stop = new AbortController();
	const before = bench.domo.requests.length;
	const running = bench.run({ ...wish, signal: stop.signal });
	while (asked(bench.domo.requests.slice(before))[last] === 0) await sleep(10);
	await sleep(300);
	const stoppedAt = performance.now();
	stop.abort();
	return { ...(await running), endedAfterMs: performance.now() - stoppedAt };
}

describe.each(KINDS)('to %s', (kind) => {
	const write = async () => {
		const place = await bench.place(kind);
		return { place, wish: { parameters: { ...place.parameters, dataSet: byId(DATA_SET.id) } } };
	};

	test.each(MOMENTS)('stopped %s it ends within about a second and leaves nothing', async (_when, last, fault) => {
		const { place, wish } = await write();
		bench.domo.fault(last === 'tokens' ? 'token' : DATA_SET.id, fault);
		const { run, endedAfterMs } = await stopped(wish, last);
		expect(run.status).toBe('canceled');
		expect(endedAfterMs).toBeLessThan(STOPPED_MS);
		expect(await place.names()).toEqual([]);
	});

	test('a stop also ends an execution that goes on after failed items', async () => {
		const { place, wish } = await write();
		const parameters = { ...wish.parameters, selectFilename: 'filename', filename: '=item {{ $json.at }}' };
		const items = [{ at: 0 }, { at: 1 }, { at: 2 }];
		const { run, endedAfterMs } = await stopped({ parameters, items, onError: 'continueRegularOutput' });
		expect(run.status).toBe('canceled');
		expect(endedAfterMs).toBeLessThan(STOPPED_MS);
		expect(await place.names()).toEqual([]);
	});

	test('a stop leaves the previous file as it was', async () => {
		const { place, wish } = await write();
		bench.domo.add(dataSets.oneRow({ id: DATA_SET.id }));
		await bench.run(wish);
		bench.domo.add(DATA_SET);
		const name = `${DATA_SET.id}.csv`;
		const before = await place.digest(name);
		await stopped(wish);
		expect(await place.digest(name)).toEqual(before);
		expect(await place.names()).toEqual([name]);
	});

	test('an execution that was stopped before asks for nothing', async () => {
		const { wish } = await write();
		const { asked: requests } = await bench.run({ ...wish, signal: AbortSignal.abort() });
		expect(requests).toEqual({ tokens: 0, metadata: 0, exports: 0 });
	});
});

test('an SFTP server that never answers is not waited for', async () => {
	const mute = createServer((socket) => void socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
	await once(mute, 'listening');
	const address = mute.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const { parameters } = await bench.place('sftp');
	const engine = bench.engine({ sftpWritebackApi: { port } });
	const { run, endedAfterMs } = await stopped(
		{ parameters: { ...parameters, dataSet: byId(DATA_SET.id) }, engine },
		'metadata',
	);
	expect(run.status).toBe('canceled');
	expect(endedAfterMs).toBeLessThan(STOPPED_MS);
	mute.close();
	await once(mute, 'close');
});
