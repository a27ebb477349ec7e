import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Destination } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { opensNothingTwice } from '../../sandbox/habits/handles';
import type { Instead, SftpRequest } from '../../sandbox/ssh2Requests';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const WRITERS = 3;
const ROUNDS = 15;
const HOUR = 60 * 60 * 1000;
const never = (): AbortSignal => new AbortController().signal;

const SERVERS: ReadonlyArray<readonly [what: string, options: Ssh2ServerOptions, note: RegExp]> = [
	['whose rename replaces nothing', {}, /^$/],
	[
		'whose rename replaces and that has hard links',
		{ renameReplaces: true, extensions: ['hardlink@openssh.com'] },
		/^$/,
	],
	['whose rename replaces', { renameReplaces: true }, /reserved the name with an empty file/],
	[
		'whose rename replaces, with posix-rename',
		{ renameReplaces: true, posixRename: true },
		/reserved the name with an empty file/,
	],
];

async function put(destination: Destination, fileName: string, text: string): Promise<readonly string[]> {
	const upload = await destination.openUpload(targetOf({ fileName, replace: false }), never());
	try {
		await upload.write(Readable.from([Buffer.from(text)]));
		await sleep(Math.random() * 3);
		await upload.commit();
		return upload.result().notes;
	} catch (fault) {
		await upload.abort();
		throw fault;
	}
}

/** As slow as it gets between two requests, so that others come in between. */
const slowly = async ({ name }: SftpRequest): Promise<Instead> => {
	if (/STAT|RENAME|HARDLINK|^OPEN$/.test(name)) await sleep(Math.random() * 4);
	return undefined;
};

const connected = (server: Ssh2Server, writers = WRITERS) =>
	Array.from({ length: writers }, () => openSftp({ ...passwordFieldsOf(server), idleMs: 5000 }));

describe.each(SERVERS)('on a server %s', (_, options, note) => {
	it('exactly one of several writers gets a name that is free, and the others are told that it is taken', async () => {
		const server = await startSsh2Server({ ...options, refuse: slowly });
		const writers = connected(server);
		for (let round = 0; round < ROUNDS; round++) {
			const texts = writers.map((_writer, at) => `writer ${at} in round ${round}`);
			const ended = await Promise.allSettled(
				writers.map(async (writer, at) => await put(writer, `${round}.csv`, texts[at] ?? '')),
			);
			const won = texts.filter((_text, at) => ended[at]?.status === 'fulfilled');
			expect(won).toEqual([await readFile(join(server.root, `${round}.csv`), 'utf8')]);
			for (const one of ended) {
				if (one.status === 'rejected') expect(one.reason).toMatchObject({ reason: 'targetExists' });
				else expect(one.value.join()).toMatch(note);
			}
		}
		expect((await readdir(server.root)).length).toBe(ROUNDS);
		await Promise.all(writers.map(async (writer) => await writer.close()));
		await server.close();
	}, 60_000);

	it.each(['replyLost', 'disconnect'] as const)(
		'a lost connection (%s) at any request that takes the name ends with the file, whole',
		async (what) => {
			for (const at of ['RENAME', 'POSIX-RENAME', 'HARDLINK', 'OPEN', 'REMOVE']) {
				let armed = false;
				const refuse = ({ name, paths }: SftpRequest): Instead => {
					const isLast = name === 'REMOVE' ? paths[0]?.endsWith('.part') === true : paths.at(-1) === 'file.csv';
					if (!armed || name !== at || !isLast) return undefined;
					armed = false;
					return what;
				};
				const server = await startSsh2Server({ ...options, refuse });
				const [writer] = connected(server, 1);
				const upload = await writer?.openUpload(targetOf({ replace: false }), never());
				await upload?.write(Readable.from([Buffer.from('whole')]));
				armed = true;
				await upload?.commit();
				expect(await readFile(join(server.root, 'file.csv'), 'utf8')).toBe('whole');
				const { mtimeMs } = await stat(join(server.root, 'file.csv'));
				await writer?.close();
				expect(await readdir(server.root)).toEqual(['file.csv']);
				await server.close();
				// To tell two names of one file, the node gives it a random time for a moment.
				expect(Math.abs(Date.now() - mtimeMs)).toBeLessThan(HOUR);
			}
		},
		60_000,
	);
});

it('gets its name also on a server that lets no file be opened twice for writing', async () => {
	const server = await startSsh2Server({ habits: [opensNothingTwice()] });
	const writer = openSftp(passwordFieldsOf(server));
	try {
		await put(writer, 'first.csv', 'all of it');
		expect(await readFile(join(server.root, 'first.csv'), 'utf8')).toBe('all of it');
		expect(await readdir(server.root)).toEqual(['first.csv']);
	} finally {
		await writer.close();
		await server.close();
	}
});

it.each([true, false])(
	'a file that may have its name already is tried again only where it may be replaced (%s)',
	async (replace) => {
		let isGone = false;
		const server = await startSsh2Server({
			authenticate: (context, disconnect) => (isGone ? disconnect() : context.accept()),
			refuse: ({ name }) => {
				if (!/RENAME$/.test(name)) return undefined;
				isGone = true;
				return 'replyLost';
			},
		});
		const writer = openSftp({ ...passwordFieldsOf(server), idleMs: 1000 });
		try {
			const upload = await writer.openUpload(targetOf({ replace }), never());
			await upload.write(Readable.from([Buffer.from('all of it')]));
			await expect(upload.commit()).rejects.toMatchObject({
				hint: expect.stringContaining('The target may already hold the new file'),
				retryable: replace,
			});
			expect(await readFile(join(server.root, 'file.csv'), 'utf8')).toBe('all of it');
		} finally {
			await writer.close();
			await server.close();
		}
	},
);

it('the default, Replace, asks nothing about it', async () => {
	const asked: string[] = [];
	const server = await startSsh2Server({ renameReplaces: true, refuse: ({ name }) => void asked.push(name) });
	const [writer] = connected(server, 1);
	const upload = await writer?.openUpload(targetOf(), never());
	expect(asked.filter((name) => name === 'OPEN').length).toBe(1);
	await upload?.abort();
	await writer?.close();
	await server.close();
});
