import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startDropbear } from '../../sandbox/dropbear';
import { startErlang } from '../../sandbox/erlang';
import { startGesftpserver } from '../../sandbox/gesftpserver';
import { startMySecureShell } from '../../sandbox/mySecureShell';
import { startOpenSsh } from '../../sandbox/openssh';
import { descendants, isAlive } from '../../sandbox/process';
import { startProftpd } from '../../sandbox/proftpd';
import { startRclone } from '../../sandbox/rclone';
import type { SftpServer } from '../../sandbox/sftpServer';
import { connected, gone, sftpOf, write } from '../sandbox/sftpClient';

// The first run on a fresh machine installs the servers.
jest.setTimeout(240_000);

const servers = [
	['openssh', startOpenSsh, 'Accepted publickey'],
	['proftpd', startProftpd, 'Login successful'],
	['dropbear', startDropbear, 'Pubkey auth succeeded'],
	['rclone', startRclone, 'SSH login from writer'],
	['erlang', startErlang, 'Accepted publickey for writer'],
	['gesftpserver', startGesftpserver, 'Accepted publickey'],
	['mySecureShell', startMySecureShell, 'Accepted publickey'],
] as const;

describe.each(servers)('%s', (_, start, accepted) => {
	let server: SftpServer;
	let before: readonly number[];

	beforeEach(async () => {
		before = descendants(process.pid);
		server = await start();
	});
	afterEach(async () => await server?.close());

	test('serves the login folder to its key, under its fingerprint', async () => {
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
		const path = await new Promise<string>((resolve) => sftp.realpath('.', (_fault, real) => resolve(real)));
		// rclone shows nothing outside of it.
		expect([server.root, `${server.root}/`, '/']).toContain(path);
		expect(offered).toEqual([server.hostKeyFingerprint]);
		client.end();
		await server.close();
		expect(server.log()).toContain(accepted);
	});

	test('leaves no process and no folder behind, even when a client is connected', async () => {
		const client = await connected(server);
		await sftpOf(client);
		const processes = descendants(process.pid).filter((pid) => !before.includes(pid));
		expect(processes.length).toBeGreaterThan(1);
		const closed = gone(client);
		await server.close();
		await closed;
		expect(processes.filter(isAlive)).toEqual([]);
		expect(existsSync(dirname(server.root))).toBe(false);
	});

	test('restarts on the same port with the same keys', async () => {
		const client = await connected(server);
		await sftpOf(client);
		const closed = gone(client);
		await server.restart();
		await closed;
		(await connected(server)).end();
	});
});

test.each(servers)('%s ends when the process that started it is killed', async (file, start) => {
	const script = `require('tsx/cjs');
		require('./sandbox/${file}').${start.name}().then(({ root, port }) => console.log(root, port))`;
	const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = await once(owner.stdout, 'data');
	const [root = '', port = ''] = String(line).trim().split(' ');
	const processes = descendants(owner.pid ?? 0);
	writeFileSync(join(root, 'x'), '');
	owner.kill('SIGKILL');
	for (let tries = 0; tries < 50 && existsSync(dirname(root)); tries += 1) await delay(100);
	expect(existsSync(dirname(root))).toBe(false);
	for (let tries = 0; tries < 50 && processes.some(isAlive); tries += 1) await delay(100);
	expect(processes.filter(isAlive)).toEqual([]);
	const nobody = { host: '127.0.0.1', port: Number(port), username: 'nobody' } as SftpServer;
	await expect(connected(nobody)).rejects.toThrow('ECONNREFUSED');
});
