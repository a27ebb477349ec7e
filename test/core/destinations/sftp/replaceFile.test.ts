import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../../../core/destinations/sftp/files/replaceFile';
import type { Session } from '../../../../core/destinations/sftp/connection/session';
import type { Refuse } from '../../../../sandbox/ssh2Requests';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../../../sandbox/ssh2Server';
import { sessionTo } from './sessionTo';

const [PART, TARGET, ASIDE] = ['.file.csv.1.part', 'file.csv', '.file.csv.1.old'];
const [DENIED, FAILURE, UNSUPPORTED] = [3, 4, 8];
/** Silence is waited for; nothing else may be taken for it, also on a machine that stands still for a while, during the login too. */
const [PATIENT_MS, SILENT_MS] = [20_000, 2_000];

const running: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
	for (const one of running.splice(0)) await one.close();
});

async function opened(server: Ssh2Server, idleMs: number): Promise<Session> {
	const session = await sessionTo(server, idleMs);
	running.unshift({ close: async () => session.end() });
	return session;
}

/** A server with a finished part file and, unless it is undefined, an old target. */
async function arrange(old: string | undefined, options: Ssh2ServerOptions = {}, idleMs = PATIENT_MS) {
	const asked: string[] = [];
	const refuse: Refuse = (request) => {
		asked.push([request.name, ...request.paths].join(' '));
		return options.refuse?.(request);
	};
	const server = await startSsh2Server({ ...options, refuse });
	running.push(server);
	await writeFile(join(server.root, PART), 'new');
	if (old !== undefined) await writeFile(join(server.root, TARGET), old);
	const session = await opened(server, idleMs);
	return { server, session, asked, swap: async () => await replaceFile(session, PART, TARGET, ASIDE) };
}

async function filesOf({ root }: Ssh2Server): Promise<Record<string, string>> {
	const names = (await readdir(root)).sort();
	const contents = names.map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const);
	return Object.fromEntries(await Promise.all(contents));
}

/** Does `what` to the rename from one name to another. */
function atRename(from: string, to: string, what: ReturnType<Refuse>): Refuse {
	return ({ name, paths }) => (name === 'RENAME' && paths[0] === from && paths[1] === to ? what : undefined);
}

test('an absent target takes one plain rename', async () => {
	const { server, asked, swap } = await arrange(undefined);
	await swap();
	expect(asked).toEqual([`RENAME ${PART} ${TARGET}`]);
	expect(await filesOf(server)).toEqual({ [TARGET]: 'new' });
});

test('an old target steps aside for one rename and is then removed', async () => {
	const { server, asked, swap } = await arrange('old');
	await swap();
	expect(asked.slice(-3)).toEqual([`RENAME ${TARGET} ${ASIDE}`, `RENAME ${PART} ${TARGET}`, `REMOVE ${ASIDE}`]);
	expect(await filesOf(server)).toEqual({ [TARGET]: 'new' });
});

test('with posix-rename an old target is replaced in one request', async () => {
	const { server, asked, swap } = await arrange('old', { posixRename: true });
	await swap();
	expect(asked).toEqual([`POSIX-RENAME ${PART} ${TARGET}`]);
	expect(await filesOf(server)).toEqual({ [TARGET]: 'new' });
});

test.each([
	['not there', UNSUPPORTED],
	['not allowed', DENIED],
])('a posix-rename that is offered but %s gives way to the swap', async (_, status) => {
	const refuse: Refuse = ({ name }) => (name === 'POSIX-RENAME' ? status : undefined);
	const { server, swap } = await arrange('old', { posixRename: true, refuse });
	await swap();
	expect(await filesOf(server)).toEqual({ [TARGET]: 'new' });
});

test('an old file that cannot be removed afterwards does not undo the publication', async () => {
	const refuse: Refuse = ({ name }) => (name === 'REMOVE' ? DENIED : undefined);
	const { server, swap } = await arrange('old', { refuse });
	await swap();
	expect(await filesOf(server)).toEqual({ [ASIDE]: 'old', [TARGET]: 'new' });
});

test.each<[string, Ssh2ServerOptions, number]>([
	[
		'posix-rename',
		{ posixRename: true, refuse: ({ name }) => (name === 'POSIX-RENAME' ? FAILURE : undefined) },
		FAILURE,
	],
	['every rename', { refuse: ({ name }) => (name === 'RENAME' ? DENIED : undefined) }, DENIED],
	['the way aside', { refuse: atRename(TARGET, ASIDE, DENIED) }, DENIED],
	['the new file in the place of the old one', { refuse: atRename(PART, TARGET, FAILURE) }, FAILURE],
])('a server that refuses %s keeps the old target whole', async (_, options, code) => {
	const { server, swap } = await arrange('old', options);
	await expect(swap()).rejects.toMatchObject({ code });
	expect(await filesOf(server)).toEqual({ [PART]: 'new', [TARGET]: 'old' });
});

test('a server that refuses the way back, too, is told about with the name of the old file', async () => {
	const refuse: Refuse = (request) =>
		atRename(PART, TARGET, FAILURE)(request) ?? atRename(ASIDE, TARGET, FAILURE)(request);
	const { server, swap } = await arrange('old', { refuse });
	await expect(swap()).rejects.toMatchObject({
		reason: 'targetRefused',
		message: expect.stringContaining(ASIDE),
		hint: expect.stringContaining(TARGET),
	});
	expect(await filesOf(server)).toEqual({ [ASIDE]: 'old', [PART]: 'new' });
});

test('a refused rename onto an absent target keeps the part file for the clean-up', async () => {
	const { server, swap } = await arrange(undefined, { refuse: atRename(PART, TARGET, DENIED) });
	await expect(swap()).rejects.toMatchObject({ code: DENIED });
	expect(await filesOf(server)).toEqual({ [PART]: 'new' });
});

test('a target that became a folder is not moved', async () => {
	const { server, asked, swap } = await arrange(undefined);
	await mkdir(join(server.root, TARGET));
	await expect(swap()).rejects.toMatchObject({ code: FAILURE });
	expect(asked).not.toContain(`RENAME ${TARGET} ${ASIDE}`);
	expect((await readdir(server.root)).sort()).toEqual([PART, TARGET]);
});

const LOSSES = [
	['disconnect', PATIENT_MS],
	['silence', SILENT_MS],
] as const;

test.each(LOSSES)('%s at any rename ends it in time and loses no file', async (what, idleMs) => {
	const renames: ReadonlyArray<readonly [string, string]> = [
		[PART, TARGET],
		[TARGET, ASIDE],
	];
	for (const [from, to] of renames) {
		const { server, swap } = await arrange('old', { refuse: atRename(from, to, what) }, idleMs);
		await expect(swap()).rejects.toThrow();
		expect(await filesOf(server)).toEqual({ [PART]: 'new', [TARGET]: 'old' });
	}
});

test.each(LOSSES)('%s between the two renames keeps both files', async (what, idleMs) => {
	let renames = 0;
	const refuse: Refuse = ({ name }) => (name === 'RENAME' && ++renames === 3 ? what : undefined);
	const { server, session, swap } = await arrange('old', { refuse }, idleMs);
	await expect(swap()).rejects.toThrow();
	expect(session.isLost()).toBe(true);
	expect(await filesOf(server)).toEqual({ [ASIDE]: 'old', [PART]: 'new' });
});
