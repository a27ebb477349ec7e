import { once } from 'node:events';
import { Client } from 'ssh2';
import type { ConnectConfig, SFTPWrapper } from 'ssh2';
import type { SftpServer } from '../../sandbox/sftpServer';

/** A client that is logged in to a sandbox server. */
export async function connected(server: SftpServer, more: ConnectConfig = {}): Promise<Client> {
	const client = new Client();
	client.on('error', () => {});
	const { host, port, username, privateKey } = server;
	client.connect({ host, port, username, privateKey, hostHash: 'sha256', ...more });
	await once(client, 'ready');
	return client;
}

export async function sftpOf(client: Client): Promise<SFTPWrapper> {
	return new Promise((resolve, reject) => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))));
}

/** Resolves when the connection is gone, whether it ended or broke. */
export async function gone(client: Client): Promise<void> {
	await new Promise<void>((resolve) => client.once('close', () => resolve()));
}

/** Resolves when the file is written; rejects with the server's refusal. */
export async function write(sftp: SFTPWrapper, name: string, text: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		sftp.writeFile(name, text, (error) => (error ? reject(error) : resolve()));
	});
}
