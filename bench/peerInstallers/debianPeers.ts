import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../fixtures/command';

/** Commands that peers are, by the Debian package that brings each. */
const PACKAGES = {
	rclone: 'rclone',
	sftp: 'openssh-client',
	ssh: 'openssh-client',
	curl: 'curl',
	mlr: 'miller',
	gpg: 'gnupg',
	gzip: 'gzip',
} as const;
export type Command = keyof typeof PACKAGES;

/** As much of a lab as an installation needs. */
interface Around {
	readonly signal: AbortSignal;
	readonly say: (what: string) => void;
}

/** Installs what is missing of these commands. */
export async function debianPeers(commands: readonly Command[], around: Around): Promise<void> {
	const missing = new Set(commands.filter((command) => !onPath(command)).map((command) => PACKAGES[command]));
	if (missing.size > 0) await installDebian([...missing], around);
}

/** Installs packages where that needs no consent (Debian, as root); else throws with the command to run. */
export async function installDebian(packages: readonly string[], { signal, say }: Around): Promise<void> {
	const names = packages.join(' ');
	const advice = `The bench needs ${packages.join(' and ')}. Install once: sudo apt-get install ${names}`;
	if (process.getuid?.() !== 0 || !onPath('apt-get')) throw new Error(advice);
	say(`Installing ${names} (once) …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	try {
		await run('apt-get', ['update', '-qq'], { env, signal });
		await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], { env, signal });
	} catch (cause) {
		throw new Error(advice, { cause });
	}
}

function onPath(command: string): boolean {
	const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	return folders.some((folder) => existsSync(join(folder, command)));
}
