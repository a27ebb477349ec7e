import { Readable } from 'node:stream';
import { runQuery } from '../../core/domo/query';
import type { DomoRequest } from '../../core/domo/request';
import { WritebackError } from '../../core/support/errors';
import { DomoClientApi } from '../../credentials/DomoClientApi.credentials';
import { Domo } from '../../nodes/Domo/Domo.node';
import { openEngine } from '../../sandbox/engine/engine';
import { domoWorkflow, NODE_TYPE } from '../nodes/Domo/domoNode';
import { byId } from '../nodes/DomoWriteback/execution';
import { expectWithinBounds, measure } from './bounds';
import { type Flood, type Flooded, startFlood } from './flood';

const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const JSON_TYPE = { 'content-type': 'application/json' };
const TOKEN: Flooded = { path: '/oauth/token', how: 'once', headers: JSON_TYPE, start: '{"access_token":"token"}' };
const HEAD = '{"columns":["a"],"rows":[["b"],';

let flood: Flood | undefined;
afterEach(async () => {
	await flood?.close();
	flood = undefined;
});

async function run(way: Omit<Flooded, 'path'>) {
	flood = await startFlood([TOKEN, { path: '/v1/datasets/query/', headers: JSON_TYPE, ...way }]);
	const domo = { apiHost: flood.url, clientId: 'client', clientSecret: 'secret', accessToken: '' };
	const engine = openEngine(
		{ nodeTypes: { [NODE_TYPE]: Domo }, credentialTypes: [DomoClientApi] },
		{ domoClientApi: domo },
	);
	const workflow = domoWorkflow({ operation: 'query', dataSet: byId(ID), sql: 'SELECT * FROM table' }, [{}]);
	return await measure(async () => (await engine.runWorkflow({ workflow })).error?.message);
}

/** What is loaded at the first time stops the process, too, and is no harm. */
beforeAll(async () => {
	for (const way of [{ status: 403 }, { start: '{}' }]) {
		await run({ how: 'once', ...way });
		await flood?.close();
	}
}, 60_000);

test.each([
	['rows', { start: HEAD, piece: '["x"],' }, /1,000,000 rows/, 256],
	['lists within lists', { start: HEAD, piece: '[' }, /instead of data/, 64],
	['objects that are no rows', { start: '{"more":[', piece: '{},' }, /instead of data/, 64],
] as const)(
	'a result of %s without end ends within the bounds',
	async (_, way, message, peakMiB) => {
		const measured = await run({ how: 'endless', ...way });
		expect(String(measured.outcome)).toMatch(message);
		expectWithinBounds(measured);
		expect(measured.peakMiB).toBeLessThan(peakMiB);
	},
	120_000,
);

const MIB = 1024 * 1024;
const MOST_BYTES = 8 * MIB;

test.each([
	['numbers that are no rows', '{"more":[', '1,'],
	['one text', '{"columns":["', 'x'],
	['one number', '{"numRows":', '1'],
	['spaces', '', ' '],
])(
	'a result of %s takes no more memory than a limited number of times what has arrived',
	async (_, start, piece) => {
		const block = Buffer.from(piece.repeat(MIB / 16 / piece.length));
		function* endless() {
			yield Buffer.from(start);
			for (;;) yield block;
		}
		let bytes = 0;
		const onBytes = (more: number) => {
			bytes += more;
			if (bytes > MOST_BYTES) throw new WritebackError('setting', 'too long', { hint: '' });
		};
		const domo: DomoRequest = async () => ({ status: 200, headers: {}, body: Readable.from(endless()) });
		const never = new AbortController().signal;
		const measured = await measure(async () => await runQuery(domo, { id: ID, sql: 'SELECT', onBytes }, never));
		expect(String(measured.outcome)).toMatch('too long');
		expectWithinBounds(measured);
		expect(measured.peakMiB).toBeLessThan((32 * MOST_BYTES) / MIB);
	},
	60_000,
);

test.each([
	[400, /does not run this query/],
	[403, /not shared/],
	[503, /not available/],
] as const)('a refusal without end, with status %i, ends within the bounds', async (status, message) => {
	const measured = await run({ how: 'endless', status, start: '{"message":"' });
	expect(String(measured.outcome)).toMatch(message);
	expectWithinBounds(measured);
	expect(measured.peakMiB).toBeLessThan(64);
});
