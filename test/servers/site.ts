import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Client } from 'ssh2';
import type { Stats } from 'ssh2';
import type { SftpFields } from '../../core/destinations/sftp/destination';
import { readFileBySftp } from '../../sandbox/demo/readBack';
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

/** Looks at the disk behind a server that may refuse readers or tell them something else. */
export function onItsDisk(server: Ssh2Server | SftpServer): Site {
	return {
		fields: 'privateKey' in server ? sftpFieldsOf(server) : passwordFieldsOf(server),
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

/** From here a file is read by OpenSSH's sftp, which asks for many blocks at once; it takes a login for each file. */
const LARGE_BYTES = 1_000_000;

/** Other clients than the one under test: ssh2's own, with a connection of its own, and OpenSSH's. */
export async function openReader(server: SftpServer) {
	const client = new Client().on('error', () => undefined);
	const { host, port, username, privateKey } = server;
	client.connect({ sock: connect({ host, port, noDelay: true }), username, privateKey });
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
		read: async (name: string) => {
			const stats = await ask<Stats>((answer) => sftp.lstat(name, answer)).catch(noneWhenAbsent);
			if (stats === undefined) return undefined;
			if (stats.size >= LARGE_BYTES) return await buffer(readFileBySftp(server, name));
			return await ask<Buffer>((answer) => sftp.readFile(name, answer));
		},
		end: () => client.end(),
	};
}

const NO_SUCH_FILE = 2;

export function noneWhenAbsent(fault: Error & { readonly code?: number | string }): undefined {
	if (fault.code === NO_SUCH_FILE) return undefined;
	throw fault;
}
