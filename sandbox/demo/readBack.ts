import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenSsh } from '../openssh';

/** A file of the SFTP server, fetched by OpenSSH's own sftp. */
export async function* readFileBySftp(server: OpenSsh, path: string): AsyncGenerator<Buffer> {
	const folder = await mkdtemp(join(tmpdir(), 'read-back-'));
	try {
		const [key, copy] = [join(folder, 'key'), join(folder, 'copy')];
		await writeFile(key, server.privateKey);
		await chmod(key, 0o600);
		await sftpGet(server, key, path, copy);
		yield* createReadStream(copy);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function sftpGet({ host, port, username }: OpenSsh, key: string, path: string, copy: string): Promise<void> {
	const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'IdentitiesOnly=yes'];
	const flags = ['-q', '-b', '-', '-P', String(port), '-i', key, ...options.flatMap((option) => ['-o', option])];
	const client = spawn('sftp', [...flags, `${username}@${host}`], { stdio: ['pipe', 'ignore', 'inherit'] });
	client.stdin.end(`get "${path.replace(/["\\]/g, '\\$&')}" "${copy}"\n`);
	const [code] = await once(client, 'close');
	if (code !== 0) throw new Error(`OpenSSH's sftp could not read ${path} back (exit code ${code})`);
}

/** A blob, fetched by plain HTTP. */
export async function readBlob(address: string, sas: string): Promise<AsyncIterable<Uint8Array>> {
	const answer = await fetch(`${address}?${sas}`);
	if (!answer.ok || answer.body === null)
		throw new Error(`${address} could not be read back (status ${answer.status})`);
	return answer.body;
}
