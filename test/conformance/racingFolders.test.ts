import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const FAILURE = 4;
const NEVER = new AbortController().signal;

test('a folder that another writeback made, and removed when it came to nothing, is made anew', async () => {
	let asked = 0;
	const server = await startSsh2Server({
		posixRename: true,
		// It was there when it was to be made, and is gone when it is looked for.
		refuse: ({ name }) => (name === 'MKDIR' && ++asked === 1 ? FAILURE : undefined),
	});
	const destination = openSftp(passwordFieldsOf(server));
	try {
		const upload = await destination.openUpload(targetOf({ folder: 'in', createFolders: true }), NEVER);
		await upload.write(Readable.from([Buffer.from('whole')]));
		await upload.commit();
		expect(await readFile(join(server.root, 'in', 'file.csv'), 'utf8')).toBe('whole');
	} finally {
		await destination.close();
		await server.close();
	}
});
