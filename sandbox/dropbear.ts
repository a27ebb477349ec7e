import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DebianSoftware, ensureInstalled } from './debian';
import { LOOPBACK, makeSite, serve, type SftpServer, type SftpSite } from './sftpServer';

const exec = promisify(execFile);

const DROPBEAR = '/usr/sbin/dropbear';
const SFTP_SERVER = '/usr/lib/sftp-server';

/** Dropbear, which has no SFTP of its own and runs OpenSSH's. */
export const dropbear: DebianSoftware = {
	name: 'Dropbear',
	packages: ['dropbear-bin', 'openssh-sftp-server', 'openssh-client', 'libnss-wrapper'],
	// The folder of the wrapper's library is named after the processor.
	files: [DROPBEAR, '/usr/bin/dropbearconvert', SFTP_SERVER, '/usr/bin/ssh-keygen', '/usr/share/doc/libnss-wrapper'],
};

/** Its only user is on a list of its own, so the machine need not know the name. */
const USERNAME = 'writer';

export interface DropbearOptions {
	/** Options of sftp-server beside `-d`, e.g. `-R` for a server that refuses to write. */
	readonly sftpArguments?: readonly string[];
}

/** Starts Dropbear on a free port of the loopback address. Files belong to the user this process runs as. */
export async function startDropbear({ sftpArguments = [] }: DropbearOptions = {}): Promise<SftpServer> {
	await ensureInstalled(dropbear);
	const site = await makeSite('dropbear');
	const { folder, port } = site;
	await letIn(site);
	const hostKey = join(folder, 'dropbear');
	await exec('dropbearconvert', ['openssh', 'dropbear', site.hostKey, hostKey]);
	// The user's home is `folder`, so that the login folder below it is empty.
	const sftp = [SFTP_SERVER, '-d', 'files', ...sftpArguments].join(' ');
	const address = ['-p', `${LOOPBACK}:${port}`, '-P', join(folder, 'pid')];
	const args = ['-F', '-E', '-s', '-r', hostKey, '-c', sftp, ...address];
	return await serve(site, USERNAME, { command: DROPBEAR, args, env: accounts(site), ready: /Not backgrounding/ });
}

/** Dropbear reads the keys of a user in the user's home only. */
async function letIn({ folder, userKey }: SftpSite): Promise<void> {
	const { uid, gid } = userInfo();
	await mkdir(join(folder, '.ssh'), { mode: 0o700 });
	await copyFile(`${userKey}.pub`, join(folder, '.ssh/authorized_keys'));
	await chmod(join(folder, '.ssh/authorized_keys'), 0o600);
	await writeFile(join(folder, 'passwd'), `${USERNAME}:x:${uid}:${gid}::${folder}:/bin/sh\n`);
	await writeFile(join(folder, 'group'), `${USERNAME}:x:${gid}:\n`);
}

/** Shows Dropbear a list of users of our own instead of the machine's. */
function accounts({ folder }: SftpSite): NodeJS.ProcessEnv {
	return {
		...process.env,
		LD_PRELOAD: 'libnss_wrapper.so',
		NSS_WRAPPER_PASSWD: join(folder, 'passwd'),
		NSS_WRAPPER_GROUP: join(folder, 'group'),
	};
}
