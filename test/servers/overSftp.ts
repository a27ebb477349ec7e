import { dirname, join } from 'node:path/posix';
import type { Attributes as Listed } from 'ssh2';
import type { Attributes, Destination, Target } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { SftpServer } from '../../sandbox/sftpServer';
import type { Harness } from '../conformance/suite';
import { sftpFieldsOf } from '../fields';
import { noneWhenAbsent, openReader } from './site';

/** The harness of a server whose files another client looks at over SFTP: what is on its disk is not what it shows, or not yet. */
export async function overSftpHarness(
	server: SftpServer,
	readOnly: SftpServer,
	keeps: readonly (keyof Attributes)[],
): Promise<Harness> {
	const open = (one: SftpServer): Destination => openSftp(sftpFieldsOf(one));
	const { ask, sftp, names, read, end } = await openReader(server);
	const pathOf = ({ folder, fileName }: Target) => join(folder, fileName);
	const makeFolder = async (folder: string): Promise<void> => {
		if (folder === '.' || (await ask((answer) => sftp.lstat(folder, answer)).catch(noneWhenAbsent)) !== undefined)
			return;
		await makeFolder(dirname(folder));
		await ask<void>((answer) => sftp.mkdir(folder, (fault) => answer(fault, undefined)));
	};
	return {
		open: async () => open(server),
		openForbidden: async () => open(readOnly),
		read: async (target) => await read(pathOf(target)),
		attributes: async (target) => {
			const { mtime, mode } = await ask<Listed>((answer) => sftp.stat(pathOf(target), answer));
			const seen = { asOf: new Date(mtime * 1000), permissions: mode & 0o777 };
			return Object.fromEntries(Object.entries(seen).filter(([name]) => keeps.some((keep) => keep === name)));
		},
		place: async (target, data) => {
			await makeFolder(target.folder === '' ? '.' : target.folder);
			await ask<void>((answer) => sftp.writeFile(pathOf(target), data, (fault) => answer(fault ?? null, undefined)));
		},
		names: async (folder) => (await names(folder).catch(noneWhenAbsent)) ?? [],
		close: async () => {
			end();
			await server.close();
			await readOnly.close();
		},
	};
}
