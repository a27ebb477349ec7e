import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startProxy } from '../../bench/proxy/proxy';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { TARGET } from '../target';

/** Far enough that a second channel is wanted at once. */
const ROUND_TRIP_MS = 40;
const CONTENT = randomBytes(24_000_001);

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

test.each([
	['one channel a connection', ['MaxSessions 1'], 'auto', /no more sessions|max sessions|session_open.*refus/i],
	['three channels a connection', ['MaxSessions 3'], 'auto', /no more sessions|max sessions|session_open.*refus/i],
	['one connection at a time that is not logged in', ['MaxStartups 1:100:1'], 8, /MaxStartups|drop connection/i],
] as const)('a server that allows %s gets all of the file', async (_, config, connections, logged) => {
	const server = await startOpenSsh({ config: [...config, 'LogLevel DEBUG'] });
	const line = await startProxy({ targetPort: server.port, roundTripMs: ROUND_TRIP_MS });
	const destination = openSftp({ ...sftpFieldsOf(server), port: line.port, connections });
	const upload = await destination.openUpload(TARGET, new AbortController().signal);
	expect(await upload.write(Readable.from([CONTENT]))).toBe(CONTENT.length);
	await upload.commit();
	expect(sha256(await readFile(join(server.root, 'file.csv')))).toBe(sha256(CONTENT));
	await destination.close();
	await line.close();
	await server.close();
	expect(server.log()).toMatch(logged);
});
