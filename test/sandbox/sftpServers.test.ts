import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDebian } from '../../sandbox/debian';
import { startDropbear } from '../../sandbox/dropbear';
import { startOpenSsh } from '../../sandbox/openssh';
import { descendants, isAlive } from '../../sandbox/process';
import { startProftpd } from '../../sandbox/proftpd';
import type { SftpServer } from '../../sandbox/sftpServer';
import { connected, sftpOf, write } from './sftpClient';

// The first run on a fresh machine installs the servers.
jest.setTimeout(240_000);

const everywhere = [['openssh', startOpenSsh, 'Accepted publickey'] as const];
const onDebian = [
	['proftpd', startProftpd, 'Login successful'],
	['dropbear', startDropbear, 'Pubkey auth succeeded'],
] as const;

describe.each([...everywhere, ...(isDebian ? onDebian : [])])('%s', (file, start, accepted) => {
	test('serves the login folder to its key, under its fingerprint', async () => {
		const server = await start();
		const offered: string[] = [];
		const client = await connected(server, {
			hostVerifier: (hash: string) => {
				offered.push(`SHA256:${Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')}`);
				return true;
			},
		});
		const sftp = await sftpOf(client);
		await write(sftp, 'there.txt', 'hello');
		expect(readFileSync(join(server.root, 'there.txt'), 'utf8')).toBe('hello');
		expect(await new Promise((resolve) => sftp.realpath('.', (_, path) => resolve(path)))).toBe(server.root);
		expect(offered).toEqual([server.hostKeyFingerprint]);
		expect(server.log()).toContain(accepted);
		client.end();
		await server.close();
	});

	test('leaves no process and no folder behind, even when a client is connected', async () => {
		const before = descendants(process.pid);
		const server = await start();
		const client = await connected(server);
		await sftpOf(client);
		const processes = descendants(process.pid).filter((pid) => !before.includes(pid));
		expect(processes.length).toBeGreaterThan(1);
		const closed = once(client, 'close');
		await server.close();
		await closed;
		expect(processes.filter(isAlive)).toEqual([]);
		expect(existsSync(dirname(server.root))).toBe(false);
	});

	test('restarts on the same port with the same keys', async () => {
		const server = await start();
		const client = await connected(server);
		const closed = once(client, 'close');
		await server.restart();
		await closed;
		(await connected(server)).end();
		await server.close();
	});

	test('ends when the process that started it is killed', async () => {
		const script = `require('tsx/cjs');
			require('./sandbox/${file}').${start.name}().then(({ root, port }) => console.log(root, port))`;
		const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
		const [line] = await once(owner.stdout, 'data');
		const [root = '', port = ''] = String(line).trim().split(' ');
		const processes = descendants(owner.pid ?? 0);
		writeFileSync(join(root, 'x'), '');
		owner.kill('SIGKILL');
		for (let tries = 0; tries < 50 && existsSync(root); tries += 1) await delay(100);
		expect(existsSync(dirname(root))).toBe(false);
		for (let tries = 0; tries < 50 && processes.some(isAlive); tries += 1) await delay(100);
		expect(processes.filter(isAlive)).toEqual([]);
		const gone = { host: '127.0.0.1', port: Number(port), username: 'gone' } as SftpServer;
		await expect(connected(gone)).rejects.toThrow('ECONNREFUSED');
	});
});
