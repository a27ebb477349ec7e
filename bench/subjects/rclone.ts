import { run } from '../fixtures/command';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';

/** What rclone leaves out that ours does. */
export const UNHASHING = 'computes no SHA-256';

/** `rclone copyurl` from Domo to the server, at its defaults; it is told not to look for a shell, which would only delay it. */
export async function rcloneCopyUrl(lab: Fixture, server: SftpServer, url: string, target: string): Promise<number> {
	const { host, port, username, keyFile } = server;
	const remote = [
		'--sftp-host',
		host,
		'--sftp-port',
		String(port),
		'--sftp-user',
		username,
		'--sftp-key-file',
		keyFile,
	];
	const quick = ['--sftp-shell-type', 'none', '--sftp-disable-hashcheck'];
	const env = {
		...process.env,
		RCLONE_CONFIG: '/dev/null',
		RCLONE_HEADER: `Authorization: ${await lab.domo.authorization()}`,
	};
	const { wallMs } = await run('rclone', ['copyurl', url, `:sftp:${target}`, ...remote, ...quick], {
		env,
		signal: lab.signal,
	});
	return wallMs;
}
