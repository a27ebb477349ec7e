import type { AzureFields } from '../core/destinations/azureBlob/destination';
import type { SftpFields } from '../core/destinations/sftp/destination';
import type { Azurite } from '../sandbox/azurite';
import type { SftpServer } from '../sandbox/sftpServer';
import type { Ssh2Server } from '../sandbox/ssh2Server';

type Reachable = Pick<SftpServer, 'host' | 'port' | 'username' | 'privateKey' | 'hostKeyFingerprint'>;

/** What a user would type to reach a sandbox server. */
export function sftpFieldsOf(server: Reachable): SftpFields {
	const { host, port, username, privateKey, hostKeyFingerprint } = server;
	return {
		hostname: host,
		port,
		username,
		password: '',
		privateKey,
		passphrase: '',
		hostKeyCheck: 'pinned',
		legacyAlgorithms: false,
		hostKeyFingerprint,
		idleMs: 20_000,
		connections: 'auto',
	};
}

/** What a user would type to reach a server that asks for a password. */
export function passwordFieldsOf(server: Ssh2Server): SftpFields {
	return { ...sftpFieldsOf({ ...server, privateKey: '' }), password: server.password };
}

export function azureFieldsOf(
	{ accountName, blobEndpoint }: Azurite,
	container: string,
	sasToken: string,
): AzureFields {
	return {
		accountName,
		blobEndpoint,
		container,
		sasToken,
		staging: { blockBytes: 'auto', concurrency: 'auto' },
		idleMs: 20_000,
	};
}
