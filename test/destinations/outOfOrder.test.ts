import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET } from '../target';

const SLOW: Readonly<Record<string, number>> = { WRITE: 50, CLOSE: 100 };

it('measures again when the server answered the first look before the last write', async () => {
	const server = await startSsh2Server({
		refuse: async ({ name }) => {
			await sleep(SLOW[name] ?? 0);
			return undefined;
		},
	});
	const destination = openSftp(passwordFieldsOf(server));
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	expect(await upload.write(Readable.from([Buffer.from('content')]))).toBe(7);
	await upload.commit();
	expect(String(await readFile(join(server.root, 'file.csv')))).toBe('content');
	await destination.close();
	await server.close();
});
