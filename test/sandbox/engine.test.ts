import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openEngine, runWorkflow } from '../../sandbox/engine/engine';
import type { Engine } from '../../sandbox/engine/engine';
import { Echo, EchoApi, PlainApi, echoWorkflow, startService } from './engine.fixture';

const installed = { nodeTypes: { 'fixture.echo': Echo }, credentialTypes: [EchoApi, PlainApi] };
const json = (items: Array<{ json: object }> | undefined) => items?.map((item) => item.json);

const keyBefore = existsSync(join(homedir(), '.n8n', 'config'));

let service: Awaited<ReturnType<typeof startService>>;
let engine: Engine;

beforeEach(async () => {
	service = await startService();
	const credentials = { echoApi: { host: service.url, secret: 'hush' }, plainApi: { word: 'open sesame' } };
	engine = openEngine(installed, credentials);
});

afterEach(async () => service.close());

test('runs a workflow with expressions, a token and hints', async () => {
	const said: unknown[] = [];
	const workflow = echoWorkflow(['one', 'two']);
	const run = await engine.runWorkflow({ workflow, onProgress: (message) => said.push(message) });
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('success');
	expect(json(run.outputs.Good?.[0])).toEqual([{ said: 'one' }, { said: 'two' }]);
	expect(run.outputs.Good?.[0]?.[1]?.pairedItem).toEqual({ item: 1 });
	expect(run.outputs.Bad).toBeUndefined();
	expect(said).toEqual(['saying one', 'saying two']);
	expect(run.hints.Echo).toEqual([{ message: 'said one' }, { message: 'said two' }]);
});

test('keeps the token between items and runs, and renews it when it is refused', async () => {
	await engine.runWorkflow({ workflow: echoWorkflow(['one', 'two']) });
	expect(service.seen.tokens).toBe(1);
	expect(engine.stored('echoApi')).toEqual({ host: service.url, secret: 'hush', token: 'token-1' });
	await engine.runWorkflow({ workflow: echoWorkflow(['three']) });
	expect(service.seen.tokens).toBe(1);
	for (const status of [401, 406]) {
		service.expire(status);
		const run = await engine.runWorkflow({ workflow: echoWorkflow(['four']), mode: 'cli' });
		expect(run.error).toBeUndefined();
	}
	expect(service.seen.tokens).toBe(3);
	expect(engine.stored('echoApi').token).toBe('token-3');
});

test('an error ends the execution and is what would be stored', async () => {
	const run = await engine.runWorkflow({ workflow: echoWorkflow(['one', 'fail', 'two']) });
	expect(run.status).toBe('error');
	expect(run.error).toMatchObject({ message: 'Told to fail', description: 'Do not' });
	expect(run.outputs.Good).toBeUndefined();
	expect(run.persisted).toContain('Told to fail');
	expect(run.persisted).not.toContain('token-1');
	expect(run.persisted).not.toContain('hush');
});

test('a request that leaks is seen in what would be stored', async () => {
	service.expire(500);
	const run = await engine.runWorkflow({ workflow: echoWorkflow(['one']) });
	expect(run.status).toBe('error');
	expect(run.persisted).toContain('Request failed with status code 500');
});

test('continue-on-fail hands the failed item on, the error output routes it', async () => {
	const regular = await engine.runWorkflow({
		workflow: echoWorkflow(['one', 'fail', 'two'], { onError: 'continueRegularOutput' }),
	});
	expect(regular.status).toBe('success');
	expect(regular.outputs.Good?.[0]).toHaveLength(3);
	const split = await engine.runWorkflow({
		workflow: echoWorkflow(['one', 'fail', 'two'], { onError: 'continueErrorOutput' }),
	});
	expect(json(split.outputs.Good?.[0])).toEqual([{ said: 'one' }, { said: 'two' }]);
	// n8n replaces the whole `json` of an item that carries an `error`.
	expect(json(split.outputs.Bad?.[0])).toEqual([{ error: 'Told to fail' }]);
});

test('cancelling reaches the node', async () => {
	const stop = new AbortController();
	const run = await engine.runWorkflow({
		workflow: echoWorkflow(['one', 'wait']),
		signal: stop.signal,
		onProgress: (message) => message === 'saying wait' && setTimeout(() => stop.abort(), 20),
	});
	expect(run.status).toBe('canceled');
	const late = await engine.runWorkflow({ workflow: echoWorkflow(['one']), signal: stop.signal });
	expect(late.status).toBe('canceled');
	expect(late.outputs.Good).toBeUndefined();
});

test('a workflow with an unknown node or without its credential says so', async () => {
	const absent = await engine.runWorkflow({ workflow: echoWorkflow(['one'], { credentials: {} }) });
	expect(absent.error?.message).toContain('credentials');
	const unknown = echoWorkflow(['one'], { type: 'fixture.absent' });
	await expect(engine.runWorkflow({ workflow: unknown })).rejects.toThrow('fixture.absent');
});

test('tests credentials by request and by function', async () => {
	const ok = await engine.testCredential('echoApi');
	expect(ok).toEqual({ status: 'OK', message: 'Connection successful!' });
	service.expire(403);
	const refused = await engine.testCredential('echoApi', { host: service.url });
	expect(refused).toEqual({ status: 'Error', message: 'Forbidden' });
	expect(await engine.testCredential('echoApi', {})).toMatchObject({ status: 'Error' });
	expect(await engine.testCredential('plainApi')).toEqual({ status: 'OK', message: 'Open' });
	expect(await engine.testCredential('plainApi', { word: 'no' })).toEqual({
		status: 'Error',
		message: '"no" is wrong',
	});
});

test('loads a list in the context of the node', async () => {
	const search = { parameters: { prefix: 'b' }, filter: 'f', paginationToken: '7' };
	const list = await engine.listSearch('fixture.echo', 'words', search);
	expect(list).toEqual({ results: [{ name: 'b-f-7', value: 'b-f-7' }], paginationToken: '2' });
	const first = await engine.listSearch('fixture.echo', 'words');
	expect(first.results).toEqual([{ name: 'a-undefined-undefined', value: 'a-undefined-undefined' }]);
	await expect(engine.listSearch('fixture.echo', 'absent')).rejects.toThrow('absent');
});

test('writes no key into the home folder and leaves the environment as it was', async () => {
	await runWorkflow({ ...installed, credentials: { echoApi: { host: service.url } }, workflow: echoWorkflow(['one']) });
	expect(process.env.N8N_ENCRYPTION_KEY).toBeUndefined();
	expect(process.env.N8N_USER_FOLDER).toBeUndefined();
	expect(existsSync(join(homedir(), '.n8n', 'config'))).toBe(keyBefore);
});
