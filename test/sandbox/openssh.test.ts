import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'ssh2';
import type { ConnectConfig, SFTPWrapper } from 'ssh2';
import { startOpenSsh } from '../../sandbox/openssh';
import type { OpenSsh } from '../../sandbox/openssh';

// The first run on a fresh machine installs the server.
jest.setTimeout(240_000);

async function connected(server: OpenSsh, more: ConnectConfig = {}) {
	const client = new Client();
	client.on('error', () => {});
	const { host, port, username, privateKey } = server;
	client.connect({ host, port, username, privateKey, hostHash: 'sha256', ...more });
	await once(client, 'ready');
	return client;
}

async function sftpOf(client: Client): Promise<SFTPWrapper> {
	return new Promise((resolve, reject) => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))));
}

test('serves the login folder to its key, under its fingerprint', async () => {
	const server = await startOpenSsh();
	const offered: string[] = [];
	const client = await connected(server, {
		hostVerifier: (hash: string) => {
			offered.push(`SHA256:${Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')}`);
			return true;
		},
	});
	const sftp = await sftpOf(client);
	await new Promise<void>((resolve, reject) => {
		sftp.writeFile('there.txt', 'hello', (error) => (error ? reject(error) : resolve()));
	});
	expect(readFileSync(join(server.root, 'there.txt'), 'utf8')).toBe('hello');
	const folder = await new Promise((resolve) => sftp.realpath('.', (_, path) => resolve(path)));
	expect(folder).toBe(server.root);
	expect(offered).toEqual([server.hostKeyFingerprint]);
	expect(server.log()).toContain('Accepted publickey');
	const closed = once(client, 'close');
	await server.close();
	await closed;
	expect(existsSync(server.root)).toBe(false);
});

test('refuses a password, obeys more configuration and restarts on the same port', async () => {
	const server = await startOpenSsh({ config: ['MaxSessions 1'], sftpArguments: ['-R'] });
	await expect(connected(server, { privateKey: undefined, password: 'x' })).rejects.toThrow();
	const client = await connected(server);
	const sftp = await sftpOf(client);
	await expect(sftpOf(client)).rejects.toThrow('Channel open failure');
	const refused = new Promise((resolve) => sftp.writeFile('no.txt', 'x', resolve));
	expect(await refused).toMatchObject({ message: 'Permission denied' });
	const closed = once(client, 'close');
	await server.restart();
	await closed;
	(await connected(server)).end();
	await server.close();
});

test('ends when the process that started it is killed', async () => {
	const script = `require('tsx/cjs'); require('./sandbox/openssh').startOpenSsh().then(({ root, port }) => console.log(root, port))`;
	const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = await once(owner.stdout, 'data');
	const [root = '', port = ''] = String(line).trim().split(' ');
	writeFileSync(join(root, 'x'), '');
	owner.kill('SIGKILL');
	for (let tries = 0; tries < 50 && existsSync(root); tries += 1) await delay(100);
	expect(existsSync(root)).toBe(false);
	const gone = { host: '127.0.0.1', port: Number(port), username: 'gone' } as OpenSsh;
	await expect(connected(gone)).rejects.toThrow('ECONNREFUSED');
});
