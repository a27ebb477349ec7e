import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type ConnectConfig } from 'ssh2';
import type { SftpFields } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import type { SftpServer } from '../../sandbox/sftpServer';
import type { Ssh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { sftpOf } from '../sandbox/sftpClient';

/** A server that the whole node writes to, looked at by another client. */
export interface Site {
	readonly fields: SftpFields;
	/** Everything in the login folder, hidden files included. */
	names(): Promise<readonly string[]>;
	/** Undefined when there is nothing. */
	read(name: string): Promise<Buffer | undefined>;
	close(): Promise<void>;
}

/** Looks at the disk behind a scripted server, which may refuse readers or tell them something else. */
export function onItsDisk(server: Ssh2Server): Site {
	return {
		fields: passwordFieldsOf(server),
		names: async () => await readdir(server.root),
		read: async (name) => await readFile(join(server.root, name)).catch(() => undefined),
		close: server.close,
	};
}

/** Looks at what other clients see: a server that keeps a cache stores later, and some keep no plain files. */
export async function overSftp(server: SftpServer): Promise<Site> {
	const reader = await openReader(server);
	return {
		fields: sftpFieldsOf(server),
		names: async () => await reader.names('.'),
		read: reader.read,
		close: async () => {
			reader.end();
			await server.close();
		},
	};
}

/** ssh2's own client, with a connection of its own. */
export async function openReader(server: SftpServer) {
	const client = new Client().on('error', () => undefined);
	const { host, port, username, privateKey } = server;
	const login: ConnectConfig = { host, port, username, privateKey };
	client.connect(login);
	await once(client, 'ready');
	const sftp = await sftpOf(client);
	const ask = async <T>(send: (answer: (fault: Error | null | undefined, value: T) => void) => void): Promise<T> =>
		await new Promise((resolve, reject) => send((fault, value) => (fault ? reject(fault) : resolve(value))));
	return {
		ask,
		sftp,
		names: async (folder: string) =>
			(await ask<Array<{ filename: string }>>((answer) => sftp.readdir(folder, answer)))
				.map(({ filename }) => filename)
				.filter((name) => name !== '.' && name !== '..'),
		read: async (name: string) => await ask<Buffer>((answer) => sftp.readFile(name, answer)).catch(noneWhenAbsent),
		end: () => client.end(),
	};
}

const NO_SUCH_FILE = 2;

export function noneWhenAbsent(fault: Error & { readonly code?: number | string }): undefined {
	if (fault.code === NO_SUCH_FILE) return undefined;
	throw fault;
}
