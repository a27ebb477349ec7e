import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dropsBlocks } from '../../../sandbox/habits/blocks';
import { mayNotRead } from '../../../sandbox/habits/rights';
import type { Instead, SftpRequest } from '../../../sandbox/ssh2Requests';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../../sandbox/ssh2Server';

const [NO_SUCH_FILE, DENIED, FAILURE] = [2, 3, 4];

/** What a server does with requests of a name: all of them, or those from a number on, counted from 1. */
function at(name: string, what: Instead, from = 1) {
	let seen = 0;
	return ({ name: asked }: SftpRequest): Instead => {
		if (asked !== name) return undefined;
		seen += 1;
		return seen >= from ? what : undefined;
	};
}

/** Removes the part file of a rename before it is tried, as somebody else would. */
const thief =
	(root: () => string) =>
	({ name, paths }: SftpRequest): Instead => {
		if (name !== 'POSIX-RENAME') return undefined;
		for (const path of paths) rmSync(join(root(), path), { force: true });
		return NO_SUCH_FILE;
	};

/** Gives a server by its own root, which is known once it runs. */
type Script = (root: () => string) => Ssh2ServerOptions;

/** Servers that refuse, each in its own way. */
const SCRIPTS = {
	denied: () => ({ refuse: at('OPEN', DENIED) }),
	writeless: () => ({ refuse: at('WRITE', DENIED) }),
	failing: () => ({ refuse: at('WRITE', FAILURE) }),
	silent: () => ({ refuse: at('WRITE', 'silence') }),
	closing: () => ({ refuse: at('OPEN', 'closeChannel') }),
	leaving: () => ({ refuse: at('OPEN', 'disconnect') }),
	unanswered: () => ({ refuse: at('POSIX-RENAME', 'silence') }),
	smaller: () => ({ refuse: ({ name }) => (/^F?STAT$/.test(name) ? { size: 1 } : undefined) }),
	lossy: () => ({ habits: [dropsBlocks(1)] }),
	unreadable: () => ({ habits: [mayNotRead()] }),
	stolen: (root) => ({ refuse: thief(root) }),
	// A plain rename is refused for the name that is taken; then the old file may step aside, and nothing else works.
	trapped: () => ({ refuse: at('RENAME', DENIED, 3), posixRename: false }),
	closeless: () => ({ refuse: ({ name }) => (name === 'CLOSE' ? DENIED : undefined) }),
	folderless: () => ({ refuse: at('MKDIR', DENIED) }),
	unrenamed: () => ({ refuse: ({ name }) => (name.includes('RENAME') ? DENIED : undefined) }),
	unpublished: () => ({ refuse: ({ name }) => (/RENAME$/.test(name) ? DENIED : undefined) }),
	blind: () => ({ refuse: ({ name }) => (/^[LF]?STAT$|OPENDIR/.test(name) ? DENIED : undefined) }),
	late: () => ({ refuse: at('SETSTAT', 'disconnect') }),
	noSftp: () => ({ sftp: false }),
	refusing: () => ({ authenticate: (context) => context.reject(['password']) }),
	plain: () => ({}),
} satisfies Readonly<Record<string, Script>>;

export type SshName = keyof typeof SCRIPTS;

export type SshServers = Readonly<Record<SshName, Ssh2Server>> & { close(): Promise<void> };

/** Starts all of them; in each stands an older file named `old.csv` and a folder named `folder.csv`. */
export async function startSshServers(): Promise<SshServers> {
	const servers: Partial<Record<SshName, Ssh2Server>> = {};
	for (const [name, script] of Object.entries(SCRIPTS) as Array<[SshName, Script]>) {
		const server = await startSsh2Server({ posixRename: true, ...script(() => servers[name]?.root ?? '') });
		servers[name] = server;
		await writeFile(join(server.root, 'old.csv'), 'what was there before');
		await mkdir(join(server.root, 'folder.csv'));
	}
	return {
		...(servers as Record<SshName, Ssh2Server>),
		close: async () => void (await Promise.all(Object.values(servers).map(async (server) => await server.close()))),
	};
}
