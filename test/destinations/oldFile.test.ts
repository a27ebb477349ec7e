import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET } from '../target';

const DENIED = 3;

async function replaced(refuse: Refuse) {
	const server = await startSsh2Server({ refuse });
	const destination = openSftp({ ...passwordFieldsOf(server), idleMs: 5000 });
	await writeFile(join(server.root, 'file.csv'), 'old');
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	await upload.write(Readable.from([Buffer.from('new')]));
	await upload.commit();
	const names = (await readdir(server.root)).sort();
	await destination.close();
	await server.close();
	return { names, ...upload.result() };
}

it('an old file that stepped aside, and that the server does not let be removed, is named', async () => {
	const { names, notes } = await replaced(({ name }) => (name === 'REMOVE' ? DENIED : undefined));
	expect(names).toEqual([expect.stringMatching(/^\.file\.csv\.[0-9a-f]{12}\.old$/), 'file.csv']);
	expect(notes).toContainEqual(expect.stringContaining(names[0] ?? 'none'));
});

it('an old file that stepped aside is removed although the connection is lost before', async () => {
	let removals = 0;
	const { names } = await replaced(({ name }) => (name === 'REMOVE' && ++removals === 1 ? 'disconnect' : undefined));
	expect(names).toEqual(['file.csv']);
});
