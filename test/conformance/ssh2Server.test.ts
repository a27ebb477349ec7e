import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../units/sftpFields';
import { conformance } from './suite';

const PERMISSION_DENIED = 3;

const absent = (fault: NodeJS.ErrnoException) => {
	if (fault.code === 'ENOENT') return undefined;
	throw fault;
};

describe.each([
	['without posix-rename', false],
	['with posix-rename', true],
])("SFTP to ssh2's own server, %s, by password", (_, posixRename) => {
	conformance(
		async () => {
			const server = await startSsh2Server({ posixRename });
			const readOnly = await startSsh2Server({
				refuse: ({ name }) => (/OPEN$|MKDIR/.test(name) ? PERMISSION_DENIED : undefined),
			});
			return {
				open: async () => openSftp(passwordFieldsOf(server)),
				openForbidden: async () => openSftp(passwordFieldsOf(readOnly)),
				read: async ({ folder, fileName }) => await readFile(join(server.root, folder, fileName)).catch(absent),
				names: async (folder) => (await readdir(join(server.root, folder)).catch(absent)) ?? [],
				close: async () => {
					await server.close();
					await readOnly.close();
				},
			};
		},
		{ folders: 'real' },
	);
});
