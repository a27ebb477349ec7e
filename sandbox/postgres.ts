import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DebianSoftware, ensureInstalled } from './debian';
import { freePort, startProcess } from './process';
import { LOOPBACK } from './sftpServer';

const exec = promisify(execFile);

/** Debian has a folder in here for each version. */
const VERSIONS = '/usr/lib/postgresql';

/** Who owns the throw-away database; its loopback port asks for no password. */
const USER = 'n8n';

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'];

/** A running PostgreSQL with one empty database. */
export interface Postgres {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly database: string;
	close(): Promise<void>;
}

/** Starts PostgreSQL on a free port of the loopback address, with a new database in a temporary folder. */
export async function startPostgres(): Promise<Postgres> {
	await ensureInstalled(postgres());
	// A temporary folder of root's own is closed to the user that PostgreSQL runs as.
	const folder = await mkdtemp(join(isRoot() ? '/tmp' : tmpdir(), 'postgres-'));
	try {
		const data = join(folder, 'data');
		const [initdb = '', ...before] = await command(folder, 'initdb');
		await exec(initdb, [...before, '-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-sync']);
		const port = await freePort();
		const settings = { port, listen_addresses: LOOPBACK, unix_socket_directories: '', fsync: 'off' };
		const [server = '', ...first] = await command(folder, 'postgres');
		const database = await startProcess({
			command: server,
			args: [...first, '-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
			cwd: folder,
			ready: /database system is ready to accept connections/,
			folder,
		});
		const close = async () => {
			await database.stop();
			await rm(folder, { recursive: true, force: true });
		};
		return { host: LOOPBACK, port, user: USER, database: 'postgres', close };
	} catch (fault) {
		await rm(folder, { recursive: true, force: true });
		throw fault;
	}
}

export function postgres(): DebianSoftware {
	return {
		name: 'PostgreSQL',
		packages: ['postgresql'],
		files: [program('postgres'), program('initdb')],
		service: 'postgresql',
	};
}

/** How to run one of PostgreSQL's programs in `folder`, which its user owns from then on. */
async function command(folder: string, name: string): Promise<string[]> {
	if (!isRoot()) return [program(name)];
	await exec('chown', ['postgres:postgres', folder]);
	return [...AS_POSTGRES, program(name)];
}

const isRoot = () => process.getuid?.() === 0;

/** Of the newest version. */
function program(name: string): string {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number) : [];
	return join(VERSIONS, String(Math.max(...versions, 0)), 'bin', name);
}
