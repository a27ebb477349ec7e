import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebianSoftware, ensureInstalled } from './debian';
import { LOOPBACK, makeSite, serve, type SftpServer } from './sftpServer';

const RCLONE = '/usr/bin/rclone';

/** rclone, whose `serve sftp` stands for the gateways before object stores. */
export const rclone: DebianSoftware = {
	name: 'rclone',
	packages: ['rclone', 'openssh-client'],
	files: [RCLONE, '/usr/bin/ssh-keygen'],
};

const USERNAME = 'writer';

export interface RcloneOptions {
	/** `writes` collects a file on disk first and stores it some seconds after it was closed: read back over SFTP. `off` when absent. */
	readonly cacheMode?: 'off' | 'writes';
	/** More options, e.g. `--read-only`. */
	readonly serveArguments?: readonly string[];
}

/** Starts `rclone serve sftp` on a free port of the loopback address; its login folder is `/`. */
export async function startRclone({ cacheMode = 'off', serveArguments = [] }: RcloneOptions = {}): Promise<SftpServer> {
	await ensureInstalled(rclone);
	const site = await makeSite('rclone');
	const { folder, root, port, hostKey, userKey } = site;
	// Its own configuration, which is empty, and no user's home.
	await writeFile(join(folder, 'rclone.conf'), '');
	const args = [
		...['serve', 'sftp', root, '-v', '--addr', `${LOOPBACK}:${port}`],
		...['--key', hostKey, '--authorized-keys', `${userKey}.pub`, '--user', USERNAME],
		...['--config', join(folder, 'rclone.conf'), '--cache-dir', join(folder, 'cache'), '--vfs-cache-mode', cacheMode],
		...serveArguments,
	];
	return await serve(site, USERNAME, { command: RCLONE, args, ready: /SFTP server listening/ });
}
