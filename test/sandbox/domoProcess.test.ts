import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { domoClient } from '../../sandbox/domo/client';
import { oneRow } from '../../sandbox/domo/dataSets';
import { startDomo } from '../../sandbox/domo/domo';

const one = oneRow();
const put = async (url: string, id: string, body: unknown) =>
	(await fetch(`${url}/sandbox/dataSets/${id}/fault`, { method: 'PUT', body: JSON.stringify(body) })).status;

it('notes what came in, without a secret or a token', async () => {
	const domo = await startDomo({ dataSets: [one] });
	const client = domoClient(domo);
	await client.login();
	await client.get(`/oauth/token?scope=data&client_secret=${domo.clientSecret}`);
	const token = client.authorization.slice(7);
	await client.csv(one.id, { query: `?includeHeader=true&access_token=${token}` });
	await client.get(`/${domo.clientSecret}?nameLike=${domo.clientSecret}`);
	expect(domo.requests).toMatchObject([
		{ method: 'POST', path: '/oauth/token', query: {}, status: 200, at: expect.any(Number) },
		{ method: 'GET', path: '/oauth/token', query: { scope: 'data', client_secret: '…' }, status: 401 },
		{ path: `/v1/datasets/${one.id}/data`, query: { includeHeader: 'true', access_token: '…' }, status: 400 },
		{ path: '/…', query: { nameLike: '…' }, status: 404 },
	]);
	const told = await (await fetch(`${domo.url}/sandbox/requests`)).text();
	expect(JSON.parse(told)).toEqual(domo.requests);
	for (const secret of [domo.clientSecret, token]) expect(told).not.toContain(secret);
	await domo.close();
});

it('notes when an answer was sent to its last byte', async () => {
	const domo = await startDomo({ dataSets: [one] });
	const client = domoClient(domo);
	await client.login();
	domo.fault(one.id, { kind: 'stall', atByte: 3, ms: 60 });
	const answer = await client.csv(one.id);
	expect(domo.requests.at(-1)).toMatchObject({ status: 200, sentAt: 0 });
	await answer.text();
	const { at, sentAt } = domo.requests.at(-1) ?? { at: 0, sentAt: 0 };
	expect(sentAt - at).toBeGreaterThanOrEqual(59);
	expect(sentAt).toBeLessThanOrEqual(Date.now());
	await domo.close();
});

it('closes with exports under way, more than once, and leaves the port free', async () => {
	const domo = await startDomo({ dataSets: [one] });
	const client = domoClient(domo);
	await client.login();
	domo.fault(one.id, [
		{ kind: 'stall', atByte: 3 },
		{ kind: 'slowStart', ms: 1e9 },
		{ kind: 'rate', bytesPerSecond: 1 },
	]);
	const asked = [1, 2, 3].map(async () => {
		const answer = await client.csv(one.id);
		return await answer.text();
	});
	const ends = Promise.allSettled(asked);
	while (domo.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
	await Promise.all([domo.close(), domo.close()]);
	expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	await expect(once(connect(Number(new URL(domo.url).port), '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
});

it('takes faults from outside, and only those it knows', async () => {
	const domo = await startDomo({ dataSets: [one] });
	const client = domoClient(domo);
	await client.login();
	const status = async () => (await client.metadata(one.id)).status;
	expect(await put(domo.url, one.id, { fault: 'forbidden', times: 1 })).toBe(204);
	expect([await status(), await status()]).toEqual([403, 200]);
	expect(await put(domo.url, one.id, { fault: ['notFound', { kind: 'badGateway', on: 'metadata' }] })).toBe(204);
	expect([await status(), await status(), await status()]).toEqual([404, 502, 200]);
	expect(await put(domo.url, one.id, { fault: { kind: 'cut', atByte: 9, how: 'reset', bytesPerSecond: 5 } })).toBe(204);
	const wrong = [
		'fire',
		{ kind: 'cut' },
		{ kind: 'cut', atByte: -1 },
		{ kind: 'rate', bytesPerSecond: 0 },
		{ kind: 'forbidden', on: 'x' },
		{ kind: 'stall', atByte: 1, how: 'end' },
		7,
		null,
	];
	for (const fault of wrong) expect(await put(domo.url, one.id, { fault })).toBe(400);
	expect(await put(domo.url, one.id, { fault: 'forbidden', times: 0 })).toBe(400);
	await domo.close();
});

describe('on its own', () => {
	let child: ChildProcess;
	let exit: Promise<unknown[]>;
	let told: string;

	beforeEach(async () => {
		const cwd = join(__dirname, '../..');
		child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/domo/main.ts'], {
			cwd,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		exit = once(child, 'exit');
		[told] = await once(createInterface(child.stdout!), 'line');
	});
	afterEach(() => void child.kill('SIGKILL'));

	it.each(['SIGTERM', 'SIGINT'] as const)('prints one line of JSON and is Domo until %s', async (signal) => {
		const { url, clientId, clientSecret, dataSets } = JSON.parse(told);
		expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(dataSets.length).toBeGreaterThan(130);
		expect(dataSets.find(({ name }: { name: string }) => name === 'One row')).toMatchObject({ rows: 1, bytes: 29 });
		const client = domoClient({ url, clientId, clientSecret });
		await client.login();
		expect((await client.get('/v1/datasets')).status).toBe(200);
		child.kill(signal);
		expect(await exit).toEqual([0, null]);
	});
});
