import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { Domo } from '../../../nodes/Domo/Domo.node';
import * as dataSets from '../../../sandbox/domo/dataSets';
import type { Place } from '../../../sandbox/domo/faults';
import { openEngine, type Run } from '../../../sandbox/engine/engine';
import { byId } from '../DomoWriteback/execution';
import { type Bench, domoWorkflow, NODE_TYPE, startBench } from './domoNode';

const LARGE = dataSets.large({ bytes: 1_000_000, name: 'Large' });
const OF_IT = { dataSet: byId(LARGE.id) };

/** What waits for Domo when it is stopped, and the request that it waits for. */
const MOMENTS: ReadonlyArray<readonly [on: Place, parameters: IDataObject]> = [
	['token', { operation: 'get', ...OF_IT }],
	['list', { operation: 'getMany' }],
	['metadata', { operation: 'get', ...OF_IT }],
	['metadata', { operation: 'getMany', options: { includeSchema: true } }],
	['metadata', { operation: 'getRows', ...OF_IT }],
	['export', { operation: 'getRows', ...OF_IT }],
	['query', { operation: 'query', ...OF_IT, sql: 'SELECT * FROM table' }],
];

const PATHS: Readonly<Record<Place, RegExp>> = {
	token: /^\/oauth\/token$/,
	list: /^\/v1\/datasets$/,
	metadata: /^\/v1\/datasets\/[\w-]{36}$/,
	export: /\/data$/,
	query: /^\/v1\/datasets\/query\//,
};

/** On a busy machine; what is stopped would take a minute. */
const STOPPED_MS = 5_000;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([LARGE]);
});
afterAll(async () => await bench?.close());

test.each(MOMENTS)(
	'stopped while the %s is waited for, the node ends at once as canceled: %j',
	async (on, parameters) => {
		const concerned = on === 'token' || on === 'list' ? on : LARGE.id;
		bench.domo.fault(concerned, { kind: 'slowStart', ms: 60_000, on });
		const before = bench.domo.requests.length;
		const isReached = () => bench.domo.requests.slice(before).some(({ path }) => PATHS[on].test(path));
		try {
			const run = async (signal: AbortSignal) =>
				await bench.run({ parameters, onError: 'continueRegularOutput', signal });
			expectCanceled(await stopped(async (signal) => (await run(signal)).run, isReached));
		} finally {
			bench.domo.fault(concerned, 'none');
		}
	},
);

test('stopped within the rows of an export, the node ends at once as canceled', async () => {
	bench.domo.fault(LARGE.id, { kind: 'stall', atByte: 500_000 });
	const before = bench.domo.requests.length;
	const isReached = () => bench.domo.requests.slice(before).some(({ path }) => PATHS.export.test(path));
	try {
		const parameters = { operation: 'getRows', ...OF_IT, returnAll: true };
		expectCanceled(await stopped(async (signal) => (await bench.run({ parameters, signal })).run, isReached));
	} finally {
		bench.domo.fault(LARGE.id, 'none');
	}
});

test.each(MOMENTS.filter(([on]) => on === 'list' || on === 'query'))(
	'stopped within a %s, the node ends at once as canceled: %j',
	async (_, parameters) => {
		let isReached = false;
		const server = createServer((request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			if (request.url?.startsWith('/oauth/token')) return void response.end('{"access_token":"a","expires_in":3599}');
			response.write('[');
			isReached = true;
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		try {
			const { port } = server.address() as AddressInfo;
			const typed = { apiHost: `http://127.0.0.1:${port}`, clientId: 'a', clientSecret: 'b', accessToken: '' };
			const engine = openEngine(
				{ nodeTypes: { [NODE_TYPE]: Domo }, credentialTypes: [DomoClientApi] },
				{ domoClientApi: typed },
			);
			const workflow = domoWorkflow(parameters, [{}]);
			const run = async (signal: AbortSignal) => await engine.runWorkflow({ workflow, signal });
			expectCanceled(await stopped(run, () => isReached));
		} finally {
			server.closeAllConnections();
			server.close();
		}
	},
);

/** What became of a run that was stopped a moment after `isReached`. */
async function stopped(run: (signal: AbortSignal) => Promise<Run>, isReached: () => boolean) {
	const stop = new AbortController();
	const running = run(stop.signal);
	while (!isReached()) await sleep(10);
	await sleep(200);
	const stoppedAt = performance.now();
	stop.abort();
	return { ...(await running), endedAfterMs: performance.now() - stoppedAt };
}

function expectCanceled({ status, error, endedAfterMs }: Awaited<ReturnType<typeof stopped>>): void {
	expect([status, error?.message]).toEqual(['canceled', 'The execution was canceled']);
	expect(endedAfterMs).toBeLessThan(STOPPED_MS);
}
