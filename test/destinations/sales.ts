import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import type { Destination, Target, Temporary } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const never = (): AbortSignal => new AbortController().signal;

export const sales = (temporary: Temporary, more: Partial<Target> = {}) =>
	targetOf({ folder: 'in', fileName: 'sales.csv', temporary, ...more });

export const filesIn = async (root: string) =>
	(await readdir(root, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
		.sort();

export async function put(destination: Destination, target: Target, text: string) {
	const upload = await destination.openUpload(target, never());
	try {
		await upload.write(Readable.from([Buffer.from(text)]));
		await upload.commit();
		return upload.result();
	} catch (fault) {
		await upload.abort();
		throw fault;
	}
}

/** A server with `in/sales.csv`, for as long as `work` takes. */
export async function onSsh2<T>(
	options: Ssh2ServerOptions,
	work: (server: Ssh2Server, open: Destination) => Promise<T>,
) {
	const server = await startSsh2Server(options);
	await mkdir(join(server.root, 'in'));
	await writeFile(join(server.root, 'in/sales.csv'), 'old');
	const destination = openSftp({ ...passwordFieldsOf(server), idleMs: 5000 });
	try {
		return await work(server, destination);
	} finally {
		await destination.close();
		await server.close();
	}
}
