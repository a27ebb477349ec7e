import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Harness } from './suite';

const absent = (fault: NodeJS.ErrnoException) => {
	if (fault.code === 'ENOENT') return undefined;
	throw fault;
};

/** Looks at an SFTP server's files where they are: on this machine's disk. */
export function onDisk(root: string): Pick<Harness, 'read' | 'names'> {
	return {
		read: async ({ folder, fileName }) => await readFile(join(root, folder, fileName)).catch(absent),
		names: async (folder) => (await readdir(join(root, folder)).catch(absent)) ?? [],
	};
}
