import type { SftpFields } from '../../../core/destinations/sftp/destination';

/** What a user would type to reach one of the hostile servers, whose host keys are not compared. */
export function fieldsFor(port: number, idleMs = 2_000): SftpFields {
	return {
		...{ hostname: '127.0.0.1', port, username: 'writer', password: 's3cret' },
		...{ privateKey: '', passphrase: '', hostKeyCheck: 'any', hostKeyFingerprint: '' },
		...{ legacyAlgorithms: false, idleMs, connections: 'auto' },
	};
}
