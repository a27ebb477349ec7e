import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { onDisk, SFTP } from '../conformance/disk';
import { conformance } from '../conformance/suite';

const PERMISSION_DENIED = 3;

describe.each([
	['without posix-rename', false],
	['with posix-rename', true],
])("SFTP to ssh2's own server, %s, by password", (_, posixRename) => {
	conformance(async () => {
		const readOnly = await startSsh2Server({
			refuse: ({ name }) => (/OPEN$|MKDIR/.test(name) ? PERMISSION_DENIED : undefined),
		});
		return onDisk(await startSsh2Server({ posixRename }), readOnly, (server) => openSftp(passwordFieldsOf(server)));
	}, SFTP);
});
