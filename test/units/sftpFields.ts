import type { SftpFields } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import type { Ssh2Server } from '../../sandbox/ssh2Server';

/** What a user would type to reach a server that asks for a password. */
export function passwordFieldsOf({ host, port, username, password, hostKeyFingerprint }: Ssh2Server): SftpFields {
	return {
		hostname: host,
		port,
		username,
		password,
		privateKey: '',
		passphrase: '',
		hostKeyCheck: 'pinned',
		legacyAlgorithms: false,
		hostKeyFingerprint,
		idleMs: 20_000,
		connections: 'auto',
	};
}
