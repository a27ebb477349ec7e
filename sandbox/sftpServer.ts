import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort, type ProcessOptions, type RunningProcess, startProcess } from './process';

const exec = promisify(execFile);

export const LOOPBACK = '127.0.0.1';

/** How long a server may take to start. */
const READY_MS = 10_000;

/** A running SFTP server that takes one user by key. */
export interface SftpServer {
	readonly host: string;
	readonly port: number;
	readonly username: string;
	/** In OpenSSH's own PEM format. */
	readonly privateKey: string;
	/** `SHA256:…` of the server's Ed25519 key. */
	readonly hostKeyFingerprint: string;
	/** Folder on disk that clients see as the login folder. */
	readonly root: string;
	/** What the server has logged. */
	log(): string;
	/** Ends every connection at once, in mid-transfer too, and serves again on the same port with the same keys. */
	restart(): Promise<void>;
	/** Ends the server and its connections; drops `root` unless it has a home. */
	close(): Promise<void>;
}

/** Where a server is found again the next time, files and keys included. */
export interface SftpHome {
	readonly folder: string;
	readonly port: number;
}

/** What a server is given before it starts: a temporary folder that only this user may enter, with keys and an empty login folder. */
export interface SftpSite {
	readonly folder: string;
	readonly root: string;
	/** Ed25519 keys in OpenSSH's format; the public ones end in `.pub`. */
	readonly hostKey: string;
	readonly userKey: string;
	/** Of the loopback address; it was free a moment ago. */
	readonly port: number;
	/** Whether the folder outlives the server. */
	readonly lasting: boolean;
}

export interface SftpCommand extends ProcessOptions {
	/** Whether it says that it is ready a moment before it listens. */
	readonly listensLater?: boolean;
}

/** Makes a site in a temporary folder whose name begins with `name`, or takes up the one at `home`. */
export async function makeSite(name: string, home?: SftpHome): Promise<SftpSite> {
	const folder = home?.folder ?? (await mkdtemp(join(tmpdir(), `${name}-`)));
	const site = { folder, root: join(folder, 'files'), hostKey: join(folder, 'host'), userKey: join(folder, 'user') };
	await mkdir(site.root, { recursive: true });
	for (const key of [site.hostKey, site.userKey].filter((file) => !existsSync(file)))
		await exec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
	return { ...site, port: home?.port ?? (await freePort()), lasting: home !== undefined };
}

/** Starts a site's server; the site is dropped when it does not start. */
export async function serve(
	{ folder, root, hostKey, userKey, port, lasting }: SftpSite,
	username: string,
	command: SftpCommand,
): Promise<SftpServer> {
	const start = async () => {
		const started = await startProcess({ readyMs: READY_MS, ...(!lasting && { folder }), ...command });
		if (command.listensLater === true) await untilItListens(port, started);
		return started;
	};
	const drop = async () => (lasting ? undefined : await rm(folder, { recursive: true, force: true }));
	let earlier = '';
	let server = await start().catch(async (fault: unknown) => {
		await drop();
		throw fault;
	});
	return {
		host: LOOPBACK,
		port,
		username,
		privateKey: await readFile(userKey, 'utf8'),
		hostKeyFingerprint: fingerprint(await readFile(`${hostKey}.pub`, 'utf8')),
		root,
		log: () => earlier + server.log(),
		restart: async () => {
			await server.stop();
			earlier += server.log();
			server = await start();
		},
		close: async () => {
			await server.stop();
			await drop();
		},
	};
}

async function untilItListens(port: number, started: RunningProcess): Promise<void> {
	const deadline = Date.now() + READY_MS;
	for (;;) {
		const socket = connect(port, LOOPBACK);
		try {
			await once(socket, 'connect');
			return;
		} catch (fault) {
			if (Date.now() < deadline) await delay(10);
			else {
				await started.stop();
				throw fault;
			}
		} finally {
			socket.destroy();
		}
	}
}

/** `SHA256:…` of a public key as OpenSSH writes it. */
export function fingerprint(publicKeyLine: string): string {
	const [, blob = ''] = publicKeyLine.split(' ');
	return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
}
