import { type Finished, run } from '../fixtures/command';
import { type AzureServer, CONTAINER } from '../fixtures/azureServer';
import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';

/** What rclone leaves out that ours does. */
export const UNHASHING = 'computes no SHA-256';

/** Where rclone is to write. */
interface Remote {
	readonly target: string;
	readonly flags: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

/** Without a shell type it looks for a shell, which would only delay it. */
export function sftpRemote({ host, port, username, keyFile }: SftpServer, name: string): Remote {
	const login = ['--sftp-host', host, '--sftp-port', String(port), '--sftp-user', username, '--sftp-key-file', keyFile];
	return { target: `:sftp:${name}`, flags: [...login, '--sftp-shell-type', 'none', '--sftp-disable-hashcheck'] };
}

export function azureRemote({ blobEndpoint, sasToken }: AzureServer, name: string): Remote {
	const env = { RCLONE_AZUREBLOB_SAS_URL: `${blobEndpoint}/${CONTAINER}?${sasToken}` };
	return { target: `:azureblob:${CONTAINER}/${name}`, flags: [], env };
}

/** `rclone copyurl` from Domo, at its defaults. */
export async function rcloneCopyUrl(lab: Fixture, remote: Remote, url: string, metered = false): Promise<Finished> {
	const env = {
		...process.env,
		...remote.env,
		RCLONE_CONFIG: '/dev/null',
		RCLONE_HEADER: `Authorization: ${await lab.domo.authorization()}`,
	};
	const args = ['copyurl', url, remote.target, ...remote.flags];
	return await run('rclone', args, { env, signal: lab.signal, metered });
}
