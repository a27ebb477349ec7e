import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DebianSoftware, ensureInstalled } from './debian';
import { LOOPBACK, makeSite, serve, type SftpServer, type SftpSite } from './sftpServer';

const exec = promisify(execFile);

const PROFTPD = '/usr/sbin/proftpd';

/** ProFTPD and its SFTP, which Debian packs with its TLS. */
export const proftpd: DebianSoftware = {
	name: 'ProFTPD with mod_sftp',
	packages: ['proftpd-core', 'proftpd-mod-crypto', 'openssh-client'],
	files: [PROFTPD, '/usr/lib/proftpd/mod_sftp.so', '/usr/bin/ssh-keygen'],
	service: 'proftpd',
};

/** Its only user is on a list of its own, so the machine need not know the name. */
const USERNAME = 'writer';

export interface ProftpdOptions {
	/** More lines of proftpd.conf, e.g. `AllowOverwrite off`. They come first, so they overrule. */
	readonly config?: readonly string[];
}

/** Starts ProFTPD with mod_sftp on a free port of the loopback address. Files belong to the user this process runs as. */
export async function startProftpd({ config = [] }: ProftpdOptions = {}): Promise<SftpServer> {
	await ensureInstalled(proftpd);
	const site = await makeSite('proftpd');
	const { folder } = site;
	await writeFile(join(folder, 'users'), userLine(site), { mode: 0o600 });
	const { stdout: key } = await exec('ssh-keygen', ['-e', '-m', 'RFC4716', '-f', `${site.userKey}.pub`]);
	await writeFile(join(folder, 'authorized'), key);
	const { stdout: group } = await exec('id', ['-gn']);
	const settings = join(folder, 'proftpd.conf');
	await writeFile(settings, configLines(site, group.trim(), config).join('\n') + '\n');
	const args = ['--nodaemon', '--config', settings];
	return await serve(site, USERNAME, {
		command: PROFTPD,
		args,
		ready: /standalone mode STARTUP/,
		listensLater: true,
	});
}

/** As in /etc/passwd; the asterisk is the hash of no password. */
function userLine({ root }: SftpSite): string {
	const { uid, gid } = userInfo();
	return `${USERNAME}:*:${uid}:${gid}::${root}:/bin/sh\n`;
}

function configLines({ folder, port, hostKey }: SftpSite, group: string, config: readonly string[]): string[] {
	return [
		'LoadModule mod_sftp.c',
		...config,
		'ServerType standalone',
		`DefaultAddress ${LOOPBACK}`,
		'SocketBindTight on',
		`Port ${port}`,
		'UseIPv6 off',
		'UseReverseDNS off',
		`User ${userInfo().username}`,
		`Group ${group}`,
		'RootLogin on',
		'AuthOrder mod_auth_file.c',
		`AuthUserFile ${folder}/users`,
		'RequireValidShell off',
		'SFTPEngine on',
		`SFTPHostKey ${hostKey}`,
		'SFTPAuthMethods publickey',
		`SFTPAuthorizedUserKeys file:${folder}/authorized`,
		// As in the configuration that Debian brings: what is there may be opened to write.
		'AllowOverwrite on',
		// What it would write outside of its folder.
		`PidFile ${folder}/pid`,
		'ScoreboardFile none',
		'DelayEngine off',
		'ControlsEngine off',
		'TransferLog none',
		'WtmpLog off',
	];
}
