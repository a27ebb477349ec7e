import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSsh2Server } from '../../../../sandbox/ssh2Server';
import { sessionTo } from './sessionTo';

const IDLE_MS = 3_000;

const printed: unknown[] = [];
const warned: Error[] = [];
const noteWarning = (warning: Error) => void warned.push(warning);

beforeEach(() => {
	printed.length = 0;
	warned.length = 0;
	for (const method of ['log', 'error', 'warn'] as const)
		jest.spyOn(console, method).mockImplementation((...words: unknown[]) => void printed.push(words));
	process.on('warning', noteWarning);
});
afterEach(() => {
	process.off('warning', noteWarning);
	jest.restoreAllMocks();
});

const quiet = () => expect({ printed, warned }).toEqual({ printed: [], warned: [] });

test('40 requests at once get their own answers, with the code and the words of the server', async () => {
	const server = await startSsh2Server();
	const session = await sessionTo(server, IDLE_MS);
	await Promise.all(Array.from({ length: 20 }, async (_, index) => await writeFile(join(server.root, `${index}`), '')));
	const answers = await Promise.allSettled(
		Array.from({ length: 40 }, async (_, index) => await session.delete(`${index}`)),
	);
	const refusal = await session.call((sftp, answer) => sftp.unlink('20', answer)).catch((fault: Error) => fault);
	expect(answers.slice(0, 20).every(({ status }) => status === 'fulfilled')).toBe(true);
	for (const answer of answers.slice(20)) expect(answer).toEqual({ status: 'rejected', reason: refusal });
	expect(refusal).toMatchObject({ code: 2, message: 'No such file or directory' });
	session.end();
	await server.close();
	quiet();
});

test('files are renamed and given permissions', async () => {
	const server = await startSsh2Server({ posixRename: true });
	const session = await sessionTo(server, IDLE_MS);
	await writeFile(join(server.root, 'a'), 'a');
	await session.rename('a', 'b');
	await session.posixRename('b', 'c');
	await session.chmod('c', 0o600);
	await session.delete('c');
	session.end();
	await server.close();
});

test('a request that the server never offered rejects without a status, and the session goes on', async () => {
	const server = await startSsh2Server();
	const session = await sessionTo(server, IDLE_MS);
	await expect(session.posixRename('a', 'b')).rejects.not.toHaveProperty('code');
	await expect(session.delete('a')).rejects.toMatchObject({ code: 2 });
	session.end();
	await server.close();
});

test.each(['end', 'reset'] as const)('20 requests on a line that is cut (%s) all reject', async (how) => {
	const server = await startSsh2Server();
	const session = await sessionTo(server, IDLE_MS);
	const requests = Array.from({ length: 20 }, async (_, index) => await session.delete(`${index}`));
	server.cut(how);
	for (const outcome of await Promise.allSettled(requests))
		expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'destinationInterrupted' } });
	await server.close();
	quiet();
});

test('a refused login leaves nothing open and prints nothing', async () => {
	const server = await startSsh2Server();
	await expect(sessionTo({ ...server, password: 'wrong' }, IDLE_MS)).rejects.toMatchObject({
		reason: 'destinationLogin',
	});
	while (server.connections() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
	await server.close();
	quiet();
});
