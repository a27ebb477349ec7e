import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startProxy } from '../../bench/proxy/proxy';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startProftpd } from '../../sandbox/proftpd';
import { sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

/** Far enough that every upload wants all its lanes. */
const ROUND_TRIP_MS = 40;
const CONTENT = randomBytes(16_000_001);

test.each([
	['lets a file be opened again', []],
	['lets no file be opened again', ['AllowOverwrite off']],
])(
	'four uploads share one connection to a ProFTPD that %s, and it is never lost',
	async (_, config) => {
		const server = await startProftpd({ config });
		const line = await startProxy({ targetPort: server.port, roundTripMs: ROUND_TRIP_MS });
		const destination = openSftp({ ...sftpFieldsOf(server), port: line.port });
		const put = async (fileName: string) => {
			const upload = await destination.openUpload(targetOf({ fileName }), new AbortController().signal);
			await upload.write(Readable.from([CONTENT]));
			await upload.commit();
			expect(CONTENT.equals(await readFile(join(server.root, fileName)))).toBe(true);
		};
		try {
			for (const round of [1, 2, 3]) await Promise.all([1, 2, 3, 4].map(async (n) => await put(`${round}-${n}.csv`)));
		} finally {
			await destination.close();
			await line.close();
			await server.close();
		}
		expect(server.log().match(/USER writer: Login successful\.$/gm)).toHaveLength(1);
	},
	120_000,
);
