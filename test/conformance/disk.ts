import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination } from '../../nodes/DomoWriteback/destinations/destination';
import type { Harness } from './suite';

/** An SFTP server whose files lie on this machine's disk. */
interface OnDisk {
	readonly root: string;
	close(): Promise<void>;
}

const absent = (fault: NodeJS.ErrnoException) => {
	if (fault.code === 'ENOENT') return undefined;
	throw fault;
};

/** The harness of an SFTP server and of one like it that refuses to write; files are looked at where they are. */
export function onDisk<S extends OnDisk>(server: S, readOnly: S, open: (server: S) => Destination): Harness {
	const { root } = server;
	return {
		open: async () => open(server),
		openForbidden: async () => open(readOnly),
		read: async ({ folder, fileName }) => await readFile(join(root, folder, fileName)).catch(absent),
		names: async (folder) => (await readdir(join(root, folder)).catch(absent)) ?? [],
		close: async () => {
			await server.close();
			await readOnly.close();
		},
	};
}
