import { type DebianSoftware, ensureInstalled } from './debian';
import { startOpenSsh } from './openssh';
import type { SftpServer } from './sftpServer';

const SERVER = '/usr/libexec/gesftpserver';

/** Green End's SFTP server, which OpenSSH's sshd runs. */
export const gesftpserver: DebianSoftware = {
	name: "Green End's gesftpserver",
	packages: ['gesftpserver', 'openssh-server'],
	files: [SERVER],
};

export interface GesftpserverOptions {
	/** What clients see as the login folder instead of an empty one of its own. */
	readonly files?: string;
}

/** Starts sshd with gesftpserver behind it, as `startOpenSsh` does. */
export async function startGesftpserver({ files }: GesftpserverOptions = {}): Promise<SftpServer> {
	await ensureInstalled(gesftpserver);
	return await startOpenSsh({
		name: 'gesftpserver',
		sftpCommand: async ({ root }) => `cd '${files ?? root}' && exec ${SERVER}`,
	});
}
