import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../nodes/DomoWriteback/destinations/sftp/sftp';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';

const TARGET = { folder: '', fileName: 'a+b (1).csv', createFolders: true };
const HOUR = 60 * 60 * 1000;
const never = (): AbortSignal => new AbortController().signal;

let server: OpenSsh;
beforeEach(async () => {
	server = await startOpenSsh();
});
afterEach(async () => await server.close());

async function aged(name: string, hours: number): Promise<void> {
	const path = join(server.root, name);
	const then = new Date(Date.now() - hours * HOUR);
	await writeFile(path, 'half');
	await utimes(path, then, then);
}

async function written(): Promise<readonly string[]> {
	const destination = openSftp(sftpFieldsOf(server));
	const upload = await destination.openUpload(TARGET, never());
	await upload.write(Readable.from([Buffer.from('whole')]));
	await upload.commit();
	await destination.close();
	return upload.removed();
}

it('removes a part file of this target that nobody has touched for hours, and says so', async () => {
	await aged('.a+b (1).csv.0123456789ab.part', 3);
	expect(await written()).toEqual(['.a+b (1).csv.0123456789ab.part']);
	expect(await readdir(server.root)).toEqual(['a+b (1).csv']);
});

it.each([
	['that may still be written', '.a+b (1).csv.0123456789ab.part', 1],
	['of another target', '.aab (1).csv.0123456789ab.part', 3],
	['that somebody else named', '.a+b (1).csv.backup.part', 3],
	['that is an old file which stepped aside', '.a+b (1).csv.0123456789ab.old', 3],
])('leaves a hidden file alone %s', async (_, name, hours) => {
	await aged(name, hours);
	expect(await written()).toEqual([]);
	expect((await readdir(server.root)).sort()).toEqual([name, 'a+b (1).csv'].sort());
});

it('names the part file that it could not remove, and removes it with the next upload', async () => {
	let refusing = true;
	const stubborn = await startSsh2Server({ refuse: ({ name }) => (refusing && name === 'REMOVE' ? 3 : undefined) });
	const destination = openSftp(passwordFieldsOf(stubborn));
	const broken = await destination.openUpload(TARGET, never());
	const left = await broken.abort();
	expect(await readdir(stubborn.root)).toEqual([left]);
	refusing = false;
	const upload = await destination.openUpload(TARGET, never());
	await upload.write(Readable.from([Buffer.from('whole')]));
	await upload.commit();
	expect(upload.removed()).toEqual([left]);
	expect(await readdir(stubborn.root)).toEqual(['a+b (1).csv']);
	await destination.close();
	await stubborn.close();
});
