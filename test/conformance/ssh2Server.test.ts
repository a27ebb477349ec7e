import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../units/sftpFields';
import { onDisk } from './disk';
import { conformance } from './suite';

const PERMISSION_DENIED = 3;

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
				...onDisk(server.root),
				close: async () => {
					await server.close();
					await readOnly.close();
				},
			};
		},
		{ folders: 'real' },
	);
});
