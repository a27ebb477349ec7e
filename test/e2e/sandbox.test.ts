import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isFree } from '../../sandbox/endpoints';
import { descendants, freePort, isAlive } from '../../sandbox/process';
import { signIn } from './editor';
import { until } from './editor/until';
import { firstWorkflowsAt } from './firstPage';

const OWN = { name: 'Own workflow', nodes: [], connections: {}, settings: {} };
const OWNER = { email: 'owner@example.com', password: 'Sandbox123' };
const EXAMPLES = ['Domo to SFTP', 'Data Lake'];

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-tried-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

test('what a user made is there the next time, and gone after --reset', async () => {
	const port = await freePort();
	await whileRunning({ port }, 'SIGINT', async (editor) => {
		expect(await workflows(editor)).toEqual(expect.arrayContaining(EXAMPLES));
		await editor.post('/rest/workflows', OWN);
	});
	const first = await whileRunning({ port }, 'SIGTERM', async (editor) => {
		const names = await workflows(editor);
		expect(names).toEqual(expect.arrayContaining([...EXAMPLES, OWN.name]));
		expect(new Set(names).size).toBe(names.length);
		return await domoHost(editor);
	});
	const anew = await whileRunning({ port, args: ['--reset'] }, 'SIGINT', async (editor) => {
		const names = await workflows(editor);
		expect(names).toEqual(expect.arrayContaining(EXAMPLES));
		expect(names).not.toContain(OWN.name);
		return await domoHost(editor);
	});
	expect(anew).not.toBe(first);
});

test('who opens the printed address and signs in sees the examples to try first, on top of the list', async () => {
	const port = await freePort();
	await whileRunning({ port }, 'SIGINT', async (_, { printed }) => {
		const [address = ''] = /http:\S+/.exec(printed()) ?? [];
		expect(await firstWorkflowsAt(address, OWNER, 2)).toEqual(EXAMPLES);
		// A bookmark of n8n's own front page leads there, too.
		expect(await firstWorkflowsAt(new URL('/', address).href, OWNER, 2)).toEqual(EXAMPLES);
	});
});

test('a second one in the same folder is refused while the first runs', async () => {
	await whileRunning({ port: await freePort() }, 'SIGTERM', async () => {
		const second = run({ port: await freePort() });
		expect(await second.ended).not.toBe(0);
		expect(second.printed()).toMatch(/is already running \(process \d+\)[\s\S]*--folder/);
	});
});

test('a taken port is told with the way out, and nothing is started', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	try {
		const port = Number(Reflect.get(Object(other.address()), 'port'));
		const n8n = run({ port });
		expect(await n8n.ended).not.toBe(0);
		expect(n8n.printed()).toMatch(`Port ${port} is in use, perhaps by another n8n. Use another port: N8N_PORT=`);
		expect(n8n.printed()).not.toContain('Starting');
	} finally {
		other.close();
	}
});

test('a folder that holds something else is left alone, even with --reset', async () => {
	const file = join(folder, 'own.txt');
	await writeFile(file, 'mine');
	const n8n = run({ port: await freePort(), args: ['--reset'] });
	expect(await n8n.ended).not.toBe(0);
	expect(n8n.printed()).toContain("holds files that aren't a sandbox's");
	expect(await readFile(file, 'utf8')).toBe('mine');
});

test('an option that does not exist is told with those that do', async () => {
	const n8n = run({ port: await freePort(), args: ['--rest'] });
	expect(await n8n.ended).not.toBe(0);
	expect(n8n.printed()).toMatch(/'--rest'[\s\S]*--reset/);
});

interface Typed {
	readonly port: number;
	readonly args?: readonly string[];
}

type Editor = Awaited<ReturnType<typeof signIn>>;

/** `npm run n8n` in a terminal of its own. */
function run({ port, args = [] }: Typed) {
	const command = ['run', '--silent', 'n8n', '--', '--folder', folder, ...args];
	const env = { ...process.env, N8N_PORT: String(port) };
	const child = spawn('npm', command, { cwd: resolve(__dirname, '../..'), env, detached: true, stdio: 'pipe' });
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => (text += more));
	const ended = once(child, 'close').then(([code]): unknown => code);
	return { pid: child.pid ?? 0, printed: () => text, ended };
}

/** n8n starts three times until it is ready: twice to import, and then to serve. */
const START_MS = 240_000;

/** Runs it until `act` is through and it is stopped: by Ctrl+C, which reaches all of the terminal, or by SIGTERM to npm alone. Nothing of it is left. */
async function whileRunning<T>(
	typed: Typed,
	signal: 'SIGINT' | 'SIGTERM',
	act: (editor: Editor, n8n: ReturnType<typeof run>) => Promise<T>,
): Promise<T> {
	const n8n = run(typed);
	let over = false;
	void n8n.ended.then(() => (over = true));
	try {
		await until(async () => over || n8n.printed().includes('npm run n8n -- --reset'), START_MS);
		if (over) throw new Error(`It ended by itself:\n${n8n.printed()}`);
		const url = `http://127.0.0.1:${typed.port}`;
		return await act(await signIn({ url, owner: OWNER, log: n8n.printed, close: async () => {} }), n8n);
	} finally {
		const all = descendants(n8n.pid);
		if (!over) process.kill(signal === 'SIGINT' ? -n8n.pid : n8n.pid, signal);
		await n8n.ended;
		await until(async () => !all.some(isAlive));
		expect(n8n.printed()).toContain('Stopped.');
		expect(await isFree(typed.port)).toBe(true);
	}
}

async function workflows(editor: Editor): Promise<string[]> {
	const { data }: { data: Array<{ name: string }> } = JSON.parse(await editor.get('/rest/workflows'));
	return data.map(({ name }) => name);
}

/** Where the sandbox's credential says that Domo is. */
async function domoHost(editor: Editor): Promise<unknown> {
	const answer = JSON.parse(await editor.get('/rest/credentials/domoSandbox?includeData=true'));
	return answer.data.data.clientId;
}
