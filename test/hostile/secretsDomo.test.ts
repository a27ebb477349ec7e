import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { type Bench, startBench } from '../nodes/DomoWriteback/bench';
import { aftermathOf, readableAfter } from './secretsScene';
import { allSpellings } from './spellings';

const ID = '845305d8-da3d-4107-a9d6-1f2ac5b8d6a1';
const CLIENT_ID = 'b8f0a7f1-1111-4222-8333-444455556666';
const CLIENT_SECRET = randomBytes(32).toString('hex');
const TOKEN = [20, 90, 40].map((bytes) => randomBytes(bytes).toString('base64url')).join('.');
const BASIC = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');

interface Answer {
	readonly status: number;
	readonly headers?: Record<string, string>;
	readonly body: unknown;
}

type Endpoint = 'token' | 'metadata' | 'export';

const GOOD: Readonly<Record<Endpoint, Answer>> = {
	token: { status: 200, body: { access_token: TOKEN } },
	metadata: {
		status: 200,
		body: { id: ID, name: 'Sales', rows: 1, schema: { columns: [{ type: 'STRING', name: 'a' }] } },
	},
	export: { status: 200, headers: { 'content-type': 'text/csv' }, body: 'a\nx\n' },
};

/** A Domo that answers as it is told to. */
async function startEcho() {
	const answers: Record<Endpoint, Answer> = { ...GOOD };
	const send = (response: ServerResponse, { status, headers, body }: Answer) =>
		response
			.writeHead(status, { 'content-type': 'application/json', ...headers })
			.end(typeof body === 'string' ? body : JSON.stringify(body));
	const server = createServer(({ url = '' }, response) => {
		if (url.startsWith('/oauth/token')) return send(response, answers.token);
		return send(response, url.includes('/data?') ? answers.export : answers.metadata);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	};
	return { answers, apiHost: `http://127.0.0.1:${port}`, close };
}

let bench: Bench;
let echo: Awaited<ReturnType<typeof startEcho>>;
beforeAll(async () => {
	bench = await startBench([]);
	echo = await startEcho();
}, 120_000);
afterAll(async () => {
	await echo?.close();
	await bench?.close();
});
beforeEach(() => void Object.assign(echo.answers, GOOD));

/** Runs the node against this Domo; fails when any secret of its can be read afterwards. */
async function run(more: IDataObject = {}) {
	const { parameters } = await bench.place('sftp');
	const domoClientApi = { apiHost: echo.apiHost, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
	const aftermath = await aftermathOf(bench, {
		parameters: { ...parameters, transfer: { maxTries: 1 }, ...more },
		dataSetId: ID,
		typed: { domoClientApi },
	});
	for (const secret of [CLIENT_SECRET, TOKEN, BASIC]) expect(readableAfter(aftermath, secret)).toEqual([]);
	return aftermath;
}

const spelled = [CLIENT_SECRET, TOKEN].flatMap(allSpellings);

/** One text for each run, so that nothing is cut before it is looked at. */
function echoOf(run: number): string {
	return `refused ${spelled[run % spelled.length]}`;
}

const STATUSES = [400, 401, 403, 404, 406, 418, 429, 500, 503] as const;

describe.each(['metadata', 'export'] as const)(
	'%s is refused, with the login or the token in the answer',
	(endpoint) => {
		it.each(STATUSES)('status %i', async (status) => {
			for (const [at, field] of ['message', 'statusReason', 'error_description', 'toe'].entries()) {
				echo.answers[endpoint] = { status, body: { status, [field]: echoOf(status + at) } };
				expect((await run()).message).not.toBe('');
			}
		});

		it.each(['title', 'header'])('a web page in place of data, with it in its %s', async (where) => {
			for (let at = 0; at < 4; at++) {
				const text = echoOf(at * 7);
				const headers = {
					'content-type': 'text/html',
					...(where === 'header' && { 'x-said': encodeURIComponent(text) }),
				};
				echo.answers[endpoint] = { status: 200, headers, body: `<html><title>${text}</title></html>` };
				expect((await run()).message).toContain('web page');
			}
		});
	},
);

it('the line that n8n logs when a try is repeated holds neither login nor token', async () => {
	echo.answers.export = { status: 503, body: { message: `no: ${CLIENT_SECRET} ${TOKEN} Basic ${BASIC}` } };
	const { log } = await run({ transfer: { maxTries: 2 } });
	expect(log.join()).toContain('trying again in');
});

it('each spelling is gone from the message of a refusal', async () => {
	for (const text of spelled) {
		echo.answers.metadata = { status: 500, body: { message: `x ${text} y` } };
		await run();
	}
});

describe('the answer to the login is never shown', () => {
	const bodies: ReadonlyArray<readonly [string, unknown]> = [
		['broken JSON', `{"access_token":"${TOKEN}`],
		['another field', { token: TOKEN, message: `${CLIENT_SECRET} is not it` }],
		['a text', `your token: ${TOKEN}`],
		['a web page', `<html><title>${TOKEN}</title></html>`],
		['a word of its own', 'quietly confidential'],
	];
	it.each(bodies)('%s', async (_, body) => {
		for (const status of [200, 302, 400, 401, 418, 500]) {
			echo.answers.token = { status, body };
			const { message } = await run();
			expect(message).not.toBe('');
			expect(message).not.toContain('quietly');
		}
	});
});

it('a DataSet that is called like a secret has another name in the output and at the target', async () => {
	const schema = { columns: [{ type: 'STRING', name: `col ${TOKEN}` }] };
	for (const secret of [CLIENT_SECRET, TOKEN]) {
		const owner = { id: 1, name: secret };
		echo.answers.metadata = { status: 200, body: { id: ID, name: `Sales ${secret}`, rows: 1, schema, owner } };
		await run({ selectFilename: 'dataSetName' });
	}
});

it('a name that only looks like a part of a secret stays', async () => {
	echo.answers.metadata = {
		status: 200,
		body: { ...Object(GOOD.metadata.body), name: 'Sales 2024 access token domo' },
	};
	const { outcome } = await run({ selectFilename: 'dataSetName' });
	expect(outcome.good[0]?.json).toMatchObject({ dataSetName: 'Sales 2024 access token domo' });
});
