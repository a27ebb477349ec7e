import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Destination } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { Instead, SftpRequest } from '../../sandbox/ssh2Requests';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const WRITERS = 3;
const ROUNDS = 15;
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
				await writer?.close();
				expect(await readdir(server.root)).toEqual(['file.csv']);
				await server.close();
			}
		},
		60_000,
	);
});

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
