import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startFaultyLine } from '../../sandbox/faultyLine';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { TARGET } from '../target';

const DENIED = 3;
const never = () => new AbortController().signal;

let server: OpenSsh;
beforeEach(async () => {
	server = await startOpenSsh();
});
afterEach(async () => await server.close());

/** Blocks that are all different, and their hash once they are read. */
function source(mebibytes: number) {
	const hash = createHash('sha256');
	const body = Readable.from(
		(function* () {
			for (let at = 0; at < 16 * mebibytes; at++) {
				const chunk = randomBytes(65_536);
				hash.update(chunk);
				yield chunk;
			}
		})(),
		{ objectMode: false },
	);
	return { body, sha256: () => hash.digest('hex') };
}

async function hashOf(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path)) hash.update(chunk);
	return hash.digest('hex');
}

it.each(['auto', 3] as const)(
	'a line cut 20 times costs no byte and no second reading of the source (connections: %s)',
	async (connections) => {
		let left = 20;
		const line = await startFaultyLine(server.port, () =>
			left-- > 0 ? { atByte: 1_000_000 + Math.random() * 4_000_000, how: 'reset' } : undefined,
		);
		const destination = openSftp({ ...sftpFieldsOf(server), port: line.port, connections });
		const { body, sha256 } = source(128);
		const upload = await destination.openUpload(TARGET, never());
		expect(await upload.write(body)).toBe(128 * 1024 * 1024);
		await upload.commit();
		expect(line.faults()).toBe(20);
		expect(await hashOf(join(server.root, 'file.csv'))).toBe(sha256());
		expect(await readdir(server.root)).toEqual(['file.csv']);
		await destination.close();
		await line.close();
	},
	// Twenty logins and 128 MB: a third of the time on a machine that does nothing else.
	90_000,
);

it('a server that stays away is given up after the idle time, and names the part file, the only thing left', async () => {
	const line = await startFaultyLine(server.port, () => ({ atByte: 5_000_000, how: 'reset' }));
	const destination = openSftp({ ...sftpFieldsOf(server), port: line.port, idleMs: 1500 });
	const upload = await destination.openUpload(TARGET, never());
	const writing = upload.write(source(64).body);
	const away = new Promise((resolve) => setTimeout(resolve, 50)).then(async () => await line.close());
	await expect(writing).rejects.toMatchObject({ reason: 'destinationInterrupted', retryable: true });
	await away;
	const left = await upload.abort();
	expect(left).toMatch(/^\.file\.csv\.[0-9a-f]{12}\.part$/);
	expect(await readdir(server.root)).toEqual([left]);
	await destination.close();
});

it('a part file that the server does not let be opened again is given up, and removed', async () => {
	let opened = 0;
	let written = 0;
	const strict = await startSsh2Server({
		posixRename: true,
		refuse: ({ name }) => {
			if (name === 'OPEN') opened += 1;
			if (name === 'WRITE') written += 1;
			if (name === 'OPEN' && opened > 1) return DENIED;
			return name === 'WRITE' && written === 10 ? 'disconnect' : undefined;
		},
	});
	const destination = openSftp(passwordFieldsOf(strict));
	const upload = await destination.openUpload(TARGET, never());
	await expect(upload.write(source(1).body)).rejects.toMatchObject({
		reason: 'destinationInterrupted',
		retryable: true,
		message: expect.stringContaining("doesn't allow reopening an unfinished file"),
	});
	expect(await upload.abort()).toBeUndefined();
	expect(await readdir(strict.root)).toEqual([]);
	await destination.close();
	await strict.close();
});
