import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anywhere } from '../../nodes/DomoWriteback/destinations/egress';
import { replace } from '../../nodes/DomoWriteback/destinations/sftp/replace';
import { openSession } from '../../nodes/DomoWriteback/destinations/sftp/session';
import { startSsh2Server } from '../../sandbox/ssh2Server';

const running: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
	for (const one of running.splice(0)) await one.close();
});

test('of two writers that swap one target at the same time, one wins and the target is never lost', async () => {
	const server = await startSsh2Server();
	running.push(server);
	const { host, port, username, password, root } = server;
	const where = {
		host,
		port,
		username,
		login: { password },
		hostKeys: 'any',
		legacyAlgorithms: false,
		idleMs: 5000,
		egress: anywhere,
	} as const;
	const open = async () => await openSession(where, new AbortController().signal);
	const sessions = [await open(), await open()];
	for (let round = 0; round < 60; round++) {
		await writeFile(join(root, 'file.csv'), 'old');
		const results = await Promise.allSettled(
			sessions.map(async (session, writer) => {
				await writeFile(join(root, `.${writer}.part`), `new ${writer}`);
				await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * writer));
				await replace(session, `.${writer}.part`, 'file.csv', `.${writer}.old`);
			}),
		);
		const won = ['new 0', 'new 1'].filter((_, writer) => results[writer]?.status === 'fulfilled');
		expect(won).toContain(await readFile(join(root, 'file.csv'), 'utf8'));
		expect((await readdir(root)).filter((name) => name.endsWith('.old'))).toEqual([]);
	}
});
