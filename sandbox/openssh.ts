import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort, startProcess } from './process';

const exec = promisify(execFile);

/** Where Debian, Fedora, Alpine and macOS put it; sshd starts itself anew by its full path. */
const SSHD = '/usr/sbin/sshd';

/** Root's sshd refuses to start without this folder; Debian makes it when the system boots. */
const PRIVILEGE_SEPARATION = '/run/sshd';

export interface OpenSshOptions {
	/** More lines of sshd_config, e.g. `MaxSessions 1`. They come first, so they overrule. */
	readonly config?: readonly string[];
	/** Options of internal-sftp beside `-d`, e.g. `-R` for a server that refuses to write. */
	readonly sftpArguments?: readonly string[];
}

/** A running OpenSSH server that takes one user by key and gives SFTP only. */
export interface OpenSsh {
	readonly host: string;
	readonly port: number;
	/** The user this process runs as: sshd that is not root can log nobody else in. */
	readonly username: string;
	/** In OpenSSH's own PEM format. */
	readonly privateKey: string;
	/** `SHA256:…` of the server's Ed25519 key. */
	readonly hostKeyFingerprint: string;
	/** Folder on disk that clients see as the login folder. */
	readonly root: string;
	/** What sshd has logged, at level VERBOSE. */
	log(): string;
	/** Ends every connection at once, in mid-transfer too, and serves again on the same port with the same keys. */
	restart(): Promise<void>;
	/** Ends the server and its connections and drops `root`. */
	close(): Promise<void>;
}

/**
 * Starts OpenSSH's sshd on a free port of the loopback address. There is no login by password: sshd checks passwords
 * against the accounts of the machine, which a test must neither know nor change.
 */
export async function startOpenSsh(options: OpenSshOptions = {}): Promise<OpenSsh> {
	await ensureOpenSsh();
	const folder = await mkdtemp(join(tmpdir(), 'openssh-'));
	const root = join(folder, 'files');
	await mkdir(root);
	const [hostKey, userKey] = [join(folder, 'host'), join(folder, 'user')];
	for (const key of [hostKey, userKey])
		await exec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
	await chmod(folder, 0o700);
	const port = await freePort();
	const config = join(folder, 'sshd_config');
	await writeFile(config, configLines(port, { hostKey, userKey, root }, options).join('\n') + '\n');
	const args = ['-D', '-e', '-f', config];
	const start = () => startProcess({ command: SSHD, args, ready: /Server listening on/, readyMs: 10_000, folder });
	let [sshd, earlier] = [await start(), ''];
	return {
		host: '127.0.0.1',
		port,
		username: userInfo().username,
		privateKey: await readFile(userKey, 'utf8'),
		hostKeyFingerprint: fingerprint(await readFile(`${hostKey}.pub`, 'utf8')),
		root,
		log: () => earlier + sshd.log(),
		restart: async () => {
			await sshd.stop();
			earlier += sshd.log();
			sshd = await start();
		},
		close: async () => {
			await sshd.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Installs OpenSSH's server where that needs nobody's consent (Debian, as root); else throws with the command to run. */
export async function ensureOpenSsh(): Promise<void> {
	const asRoot = process.getuid?.() === 0;
	if (!existsSync(SSHD)) {
		if (!asRoot || !existsSync('/usr/bin/apt-get')) throw new Error(INSTALL_IT);
		await installWithoutService();
	}
	if (asRoot && process.platform === 'linux') await mkdir(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });
}

const INSTALL_IT = `These tests need OpenSSH's server at ${SSHD}. Install it once: sudo apt-get install openssh-server
(Fedora: sudo dnf install openssh-server; macOS has it.) It need not run: the tests start their own on a free port.`;

/** Debian starts what it installs unless this file says no (101 is its word for "not allowed"). */
const POLICY = '/usr/sbin/policy-rc.d';

async function installWithoutService(): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const guarded = !existsSync(POLICY);
	if (guarded) await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		await exec('apt-get', ['update', '-qq'], { env });
		await exec('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'openssh-server'], { env });
		await exec('update-rc.d', ['ssh', 'disable'], { env });
	} catch (cause) {
		throw new Error(INSTALL_IT, { cause });
	} finally {
		if (guarded) await rm(POLICY, { force: true });
	}
}

function configLines(
	port: number,
	{ hostKey, userKey, root }: Readonly<Record<'hostKey' | 'userKey' | 'root', string>>,
	{ config = [], sftpArguments = [] }: OpenSshOptions,
): string[] {
	return [
		...config,
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
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
		`ForceCommand internal-sftp ${['-d', root, ...sftpArguments].join(' ')}`,
	];
}

function fingerprint(publicKeyLine: string): string {
	const [, blob = ''] = publicKeyLine.split(' ');
	return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
}
