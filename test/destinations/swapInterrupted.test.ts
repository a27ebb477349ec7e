import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET } from '../target';

it('brings the old file back when the connection breaks between the two renames every time', async () => {
	let aside = false;
	const server = await startSsh2Server({
		refuse: ({ name, paths: [from = '', to = ''] }) => {
			if (name !== 'RENAME') return undefined;
			if (to.endsWith('.old')) aside = true;
			// Only the way back is open once the old file is aside.
			return aside && from.endsWith('.part') ? 'disconnect' : undefined;
		},
	});
	const destination = openSftp({ ...passwordFieldsOf(server), idleMs: 5000 });
	await writeFile(join(server.root, 'file.csv'), 'old');
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	await upload.write(Readable.from([Buffer.from('new')]));
	const commit = upload.commit();
	await expect(commit).rejects.toMatchObject({ reason: 'destinationInterrupted' });
	await upload.abort();
	expect(await readdir(server.root)).toEqual(['file.csv']);
	expect(String(await readFile(join(server.root, 'file.csv')))).toBe('old');
	await destination.close();
	await server.close();
});
