import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Destination, Target } from '../../core/destinations/destination';
import type { Harness } from './suite';

/** An SFTP server whose files lie on this machine's disk. */
interface OnDisk {
	readonly root: string;
	close(): Promise<void>;
}

/** What the suite may expect of every SFTP server. */
export const SFTP = { folders: 'real', keeps: ['asOf', 'fingerprint', 'permissions'] } as const;

const absent = (fault: NodeJS.ErrnoException) => {
	if (fault.code === 'ENOENT') return undefined;
	throw fault;
};

/** The harness of an SFTP server and of one like it that refuses to write; files are looked at where they are. */
export function onDisk<S extends OnDisk>(server: S, readOnly: S, open: (server: S) => Destination): Harness {
	const pathOf = ({ folder, fileName }: Target) => join(server.root, folder, fileName);
	return {
		open: async () => open(server),
		openForbidden: async () => open(readOnly),
		read: async (target) => await readFile(pathOf(target)).catch(absent),
		attributes: async (target) => {
			const { atimeMs, mtime, mode } = await stat(pathOf(target));
			return { asOf: mtime, fingerprint: atimeMs / 1000, permissions: mode & 0o777 };
		},
		place: async (target, data) => {
			await mkdir(dirname(pathOf(target)), { recursive: true });
			await writeFile(pathOf(target), data);
		},
		names: async (folder) => (await readdir(join(server.root, folder)).catch(absent)) ?? [],
		close: async () => {
			await server.close();
			await readOnly.close();
		},
	};
}
