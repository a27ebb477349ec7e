import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startFaultyLine } from '../../sandbox/faultyLine';
import { startProftpd } from '../../sandbox/proftpd';
import { sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

const TARGET = targetOf();
const CONTENT = Buffer.alloc(8_000_000, 'row\n');

test('after a cut line, a ProFTPD that lets no file be opened again gets a new part file, and keeps none', async () => {
	const server = await startProftpd({ config: ['AllowOverwrite off'] });
	let left = 1;
	const line = await startFaultyLine(server.port, () => (left-- > 0 ? { atByte: 2_000_000, how: 'reset' } : undefined));
	const destination = openSftp({ ...sftpFieldsOf(server), port: line.port });
	const never = new AbortController().signal;
	const first = await destination.openUpload(TARGET, never);
	await expect(first.write(Readable.from([CONTENT]))).rejects.toMatchObject({
		reason: 'destinationInterrupted',
		retryable: true,
	});
	expect(await first.abort()).toBeUndefined();
	const second = await destination.openUpload(TARGET, never);
	await second.write(Readable.from([CONTENT]));
	await second.commit();
	expect(await readdir(server.root)).toEqual([TARGET.fileName]);
	expect(CONTENT.equals(await readFile(join(server.root, TARGET.fileName)))).toBe(true);
	await destination.close();
	await line.close();
	await server.close();
}, 60_000);
