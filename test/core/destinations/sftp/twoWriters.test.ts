import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../../../core/destinations/sftp/files/replaceFile';
import { startSsh2Server } from '../../../../sandbox/ssh2Server';
import { sessionTo } from './sessionTo';

const running: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
	for (const one of running.splice(0)) await one.close();
});

test('of two writers that swap one target at the same time, one wins and the target is never lost', async () => {
	const server = await startSsh2Server();
	running.push(server);
	const { root } = server;
	const sessions = [await sessionTo(server, 5000), await sessionTo(server, 5000)];
	for (let round = 0; round < 60; round++) {
		await writeFile(join(root, 'file.csv'), 'old');
		const results = await Promise.allSettled(
			sessions.map(async (session, writer) => {
				await writeFile(join(root, `.${writer}.part`), `new ${writer}`);
				await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * writer));
				await replaceFile(session, `.${writer}.part`, 'file.csv', `.${writer}.old`);
			}),
		);
		const won = ['new 0', 'new 1'].filter((_, writer) => results[writer]?.status === 'fulfilled');
		expect(won).toContain(await readFile(join(root, 'file.csv'), 'utf8'));
		expect((await readdir(root)).filter((name) => name.endsWith('.old'))).toEqual([]);
	}
});
