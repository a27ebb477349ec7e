import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { allowAllHosts } from '../../core/destinations/egressPolicy';
import { openSession } from '../../core/destinations/sftp/connection/session';
import { openSftp } from '../../core/destinations/sftp/destination';
import { keepFresh } from '../../core/destinations/sftp/files/stalePartFiles';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

const TARGET = targetOf({ fileName: 'a+b (1).csv' });
const HOUR = 60 * 60 * 1000;
const never = (): AbortSignal => new AbortController().signal;

let server: OpenSsh;
beforeEach(async () => {
	server = await startOpenSsh();
});
afterEach(async () => await server.close());

async function aged(name: string, hours: number, root = server.root): Promise<void> {
	const path = join(root, name);
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
	return upload.result().removed;
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

it('leaves a complete part file alone that has waited for hours until others of its set are stored', async () => {
	const destination = openSftp(sftpFieldsOf(server));
	try {
		const waiting = await destination.openUpload(TARGET, never());
		await waiting.write(Readable.from([Buffer.from('waits')]));
		const [part = ''] = await readdir(server.root);
		const then = new Date(Date.now() - 3 * HOUR);
		await utimes(join(server.root, part), then, then);
		expect(await written()).toEqual([]);
		await waiting.commit();
		expect(await readFile(join(server.root, TARGET.fileName), 'utf8')).toBe('waits');
	} finally {
		await destination.close();
	}
});

it('touches a complete part file by the clock of the server, for other processes, until it is published', async () => {
	await aged('waits.part', 5);
	const modified = async () => (await stat(join(server.root, 'waits.part'))).mtimeMs;
	const [before, stop] = [await modified(), new AbortController()];
	const session = await openSession(
		{
			...server,
			login: { privateKey: server.privateKey },
			hostKeys: 'any',
			legacyAlgorithms: false,
			idleMs: 5000,
			egress: allowAllHosts,
		},
		never(),
	);
	try {
		const kept = keepFresh({ reconnect: async () => session }, 'waits.part', stop.signal, 1000);
		await sleep(2500);
		stop.abort();
		await kept;
		const after = await modified();
		expect([1000, 2000]).toContain(Math.round((after - before) / 1000) * 1000);
		await sleep(1500);
		expect(await modified()).toBe(after);
	} finally {
		session.end();
	}
});

it('leaves a part file alone that is old in the list and new when it is looked at', async () => {
	const part = '.a+b (1).csv.0123456789ab.part';
	const busy = await startSsh2Server({
		refuse: async ({ name, paths: [path = ''] }) => {
			if (name === 'STAT' && path === part) await writeFile(join(busy.root, part), 'more');
			return undefined;
		},
	});
	await aged(part, 3, busy.root);
	const destination = openSftp(passwordFieldsOf(busy));
	const upload = await destination.openUpload(TARGET, never());
	await upload.write(Readable.from([Buffer.from('whole')]));
	await upload.commit();
	expect(upload.result().removed).toEqual([]);
	expect((await readdir(busy.root)).sort()).toEqual([part, 'a+b (1).csv']);
	await destination.close();
	await busy.close();
});

it('is tried again when somebody has removed the part file before it was published', async () => {
	const destination = openSftp(sftpFieldsOf(server));
	const upload = await destination.openUpload(TARGET, never());
	await upload.write(Readable.from([Buffer.from('whole')]));
	const [part = ''] = await readdir(server.root);
	await rm(join(server.root, part));
	await expect(upload.commit()).rejects.toMatchObject({
		reason: 'destinationInterrupted',
		retryable: true,
		message: `The SFTP server no longer has ${part}: it was removed before it was published`,
	});
	expect(await upload.abort()).toBeUndefined();
	await destination.close();
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
	expect(upload.result().removed).toEqual([left]);
	expect(await readdir(stubborn.root)).toEqual(['a+b (1).csv']);
	await destination.close();
	await stubborn.close();
});
