import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type DebianSoftware, ensureInstalled } from './debian';
import { LOOPBACK, makeSite, serve, type SftpHome, type SftpServer, type SftpSite } from './sftpServer';

/** Where Debian, Fedora, Alpine and macOS put it; sshd starts itself anew by its full path. */
const SSHD = '/usr/sbin/sshd';

/** Root's sshd refuses to start without this folder; Debian makes it when the system boots. */
const PRIVILEGE_SEPARATION = '/run/sshd';

/** OpenSSH's server and the tool that makes its keys. */
export const openSsh: DebianSoftware = {
	name: `OpenSSH's server at ${SSHD}`,
	packages: ['openssh-server'],
	files: [SSHD],
	service: 'ssh',
	elsewhere: 'Fedora: sudo dnf install openssh-server. macOS has it.',
};

export interface OpenSshOptions {
	/** More lines of sshd_config, e.g. `MaxSessions 1`. They come first, so they overrule. */
	readonly config?: readonly string[];
	/** Options of internal-sftp beside `-d`, e.g. `-R` for a server that refuses to write. */
	readonly sftpArguments?: readonly string[];
	readonly home?: SftpHome;
	/** The command of the user's shell that serves a channel instead of internal-sftp; may put into the site's folder what it needs. */
	readonly sftpCommand?: (site: SftpSite) => Promise<string>;
	/** What the site's temporary folder is called. */
	readonly name?: string;
}

/** A running OpenSSH server that gives SFTP only and logs at level VERBOSE. */
export type OpenSsh = SftpServer;

/**
 * Starts OpenSSH's sshd on a free port of the loopback address. There is no login by password: sshd checks passwords
 * against the accounts of the machine, which a test must neither know nor change.
 */
export async function startOpenSsh(options: OpenSshOptions = {}): Promise<OpenSsh> {
	await ensureInstalled(openSsh);
	if (isRootOnLinux()) await mkdir(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });
	const site = await makeSite(options.name ?? 'openssh', options.home);
	const config = join(site.folder, 'sshd_config');
	const internal = `internal-sftp ${['-d', site.root, ...(options.sftpArguments ?? [])].join(' ')}`;
	const command = (await options.sftpCommand?.(site)) ?? internal;
	await writeFile(config, configLines(site, command, options.config).join('\n') + '\n');
	const sshd = { command: SSHD, args: ['-D', '-e', '-f', config], ready: /Server listening on/ };
	// An sshd that is not root can log in only the user it runs as.
	return await serve(site, userInfo().username, sshd);
}

function isRootOnLinux(): boolean {
	return process.platform === 'linux' && process.getuid?.() === 0;
}

function configLines({ port, hostKey, userKey }: SftpSite, command: string, config: readonly string[] = []): string[] {
	return [
		...config,
		`Port ${port}`,
		`ListenAddress ${LOOPBACK}`,
		`HostKey ${hostKey}`,
		`AuthorizedKeysFile ${userKey}.pub`,
		'AuthenticationMethods publickey',
		'PermitRootLogin prohibit-password',
		'UsePAM no',
		// The folder above ours is the machine's temporary one, which everybody may write.
		'StrictModes no',
		'PidFile none',
		'LogLevel VERBOSE',
		'Subsystem sftp internal-sftp',
		`ForceCommand ${command}`,
	];
}
