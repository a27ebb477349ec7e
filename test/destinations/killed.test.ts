import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { TARGET } from '../target';

const THREE_HOURS_MS = 3 * 60 * 60 * 1000;

it('leaves the target whole when its process is killed, and the next upload removes what is left', async () => {
	const server = await startOpenSsh();
	await writeFile(join(server.root, 'file.csv'), 'old');
	const args = ['--import', 'tsx', join(__dirname, 'endlessUpload.ts')];
	const child = spawn(process.execPath, [...args, JSON.stringify(sftpFieldsOf(server)), 'file.csv']);
	await once(child.stdout, 'data');
	child.kill('SIGKILL');
	await once(child, 'close');
	// What the killed process had sent may still be on its way to the disk.
	await server.restart();
	expect(await readFile(join(server.root, 'file.csv'), 'utf8')).toBe('old');
	const [left = ''] = (await readdir(server.root)).filter((name) => name.endsWith('.part'));
	const then = new Date(Date.now() - THREE_HOURS_MS);
	await utimes(join(server.root, left), then, then);

	const destination = openSftp(sftpFieldsOf(server));
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	await upload.write(Readable.from([Buffer.from('new')]));
	await upload.commit();
	expect(upload.result().removed).toEqual([left]);
	expect(await readdir(server.root)).toEqual(['file.csv']);
	expect(await readFile(join(server.root, 'file.csv'), 'utf8')).toBe('new');
	await destination.close();
	await server.close();
});
