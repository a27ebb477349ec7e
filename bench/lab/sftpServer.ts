import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import type { Lab } from './lab';

/** An OpenSSH server, possibly far away, and the file with the key that opens it. */
export interface SftpServer extends Pick<OpenSsh, 'host' | 'port' | 'username' | 'privateKey' | 'hostKeyFingerprint'> {
	readonly root: string;
	readonly keyFile: string;
	/** Rejects unless the file is there with just so many bytes; drops everything in `root` then. */
	accept(files: ReadonlyArray<{ readonly name: string; readonly bytes: number }>): Promise<void>;
	close(): Promise<void>;
}

export interface SftpServerOptions {
	/** 0 is the loopback address itself, without a proxy. */
	readonly roundTripMs: number;
	/** Also takes commands, as `cat` is one. */
	readonly shell?: boolean;
}

export async function sftpServer(lab: Lab, { roundTripMs, shell = false }: SftpServerOptions): Promise<SftpServer> {
	const openSsh = await startOpenSsh(shell ? { config: ['ForceCommand none'] } : {});
	const keyFile = join(await lab.newFolder('key'), 'key');
	await writeFile(keyFile, openSsh.privateKey, { mode: 0o600 });
	const far = roundTripMs === 0 ? openSsh : await lab.proxy(openSsh.port, roundTripMs);
	return {
		...openSsh,
		port: far.port,
		keyFile,
		accept: async (files) => {
			for (const { name, bytes } of files) {
				const { size } = await stat(join(openSsh.root, name));
				if (size !== bytes) throw new Error(`${name} has ${size} bytes on the server and not ${bytes}`);
			}
			await clear(openSsh.root);
		},
		close: async () => {
			if (far !== openSsh) await far.close();
			await openSsh.close();
		},
	};
}

async function clear(folder: string): Promise<void> {
	for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
}
