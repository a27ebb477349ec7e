import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { conformance } from './suite';

describe.each([
	['automatic lanes', 'auto'],
	['four connections', 4],
] as const)('SFTP to OpenSSH with %s', (_name, connections) => {
	conformance(
		async () => {
			const server = await startOpenSsh();
			// A server that lets in, but refuses to write: Root ignores file permissions, so the server itself has to say no.
			const readOnly = await startOpenSsh({ sftpArguments: ['-R'] });
			const absent = (fault: NodeJS.ErrnoException) => {
				if (fault.code === 'ENOENT') return undefined;
				throw fault;
			};
			return {
				open: async () => openSftp({ ...sftpFieldsOf(server), connections }),
				openForbidden: async () => openSftp(sftpFieldsOf(readOnly)),
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
