import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebianSoftware, ensureInstalled } from './debian';
import { startOpenSsh } from './openssh';
import type { SftpServer, SftpSite } from './sftpServer';

const SHELL = '/usr/bin/mysecureshell';

/** MySecureShell, which is the shell of users that may transfer files only. */
export const mySecureShell: DebianSoftware = {
	name: 'MySecureShell',
	packages: ['mysecureshell', 'openssh-server'],
	files: [SHELL],
};

/** Where it looks for its settings, and where a test has some of its own: seen from the login folder, and no longer. */
const SETTINGS = Buffer.from('/etc/ssh/sftp_config\0');
const OWN_SETTINGS = Buffer.from('../sftp_config\0');

export interface MySecureShellOptions {
	/** More lines of its settings, e.g. `DisableWriteFile true`. */
	readonly config?: readonly string[];
}

/** Starts sshd with MySecureShell behind it, as `startOpenSsh` does. */
export async function startMySecureShell({ config = [] }: MySecureShellOptions = {}): Promise<SftpServer> {
	await ensureInstalled(mySecureShell);
	return await startOpenSsh({
		name: 'mysecureshell',
		sftpCommand: async (site) => {
			const shell = await withOwnSettings(site);
			await writeFile(join(site.folder, 'sftp_config'), configLines(site, config).join('\n') + '\n');
			// What follows -c is how it tells that SFTP is asked for.
			return `cd '${site.root}' && exec '${shell}' -c /usr/lib/openssh/sftp-server`;
		},
	});
}

/** It has no option for the place of its settings, and the machine's own are not a test's to change: a copy of it looks elsewhere. */
async function withOwnSettings({ folder }: SftpSite): Promise<string> {
	const program = await readFile(SHELL);
	const at = program.indexOf(SETTINGS);
	if (at < 0) throw new Error(`${SHELL} does not name its settings as expected`);
	OWN_SETTINGS.copy(program, at);
	const copy = join(folder, 'mysecureshell');
	await writeFile(copy, program, { mode: 0o755 });
	return copy;
}

function configLines({ root, folder }: SftpSite, config: readonly string[]): string[] {
	return [
		'<Default>',
		`Home ${root}`,
		'StayAtHome false',
		'VirtualChroot false',
		'GlobalDownload 0',
		'GlobalUpload 0',
		'Download 0',
		'Upload 0',
		// Unless told otherwise it takes one connection of a user.
		'LimitConnection 1000',
		'LimitConnectionByUser 1000',
		'LimitConnectionByIP 1000',
		'ResolveIP false',
		`LogFile ${join(folder, 'log')}`,
		...config,
		'</Default>',
	];
}
