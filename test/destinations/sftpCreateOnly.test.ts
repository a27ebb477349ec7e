import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { Instead } from '../../sandbox/ssh2Requests';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const DENIED = 3;
const never = (): AbortSignal => new AbortController().signal;

/** Writes `new`; `before` happens between write and commit. Resolves to how it ended and what is there. */
async function created(
	options: Ssh2ServerOptions,
	before: (server: Ssh2Server) => Promise<void> = async () => undefined,
) {
	const server = await startSsh2Server(options);
	const destination = openSftp({ ...passwordFieldsOf(server), idleMs: 5000 });
	try {
		const upload = await destination.openUpload(targetOf({ replace: false }), never());
		await upload.write(Readable.from([Buffer.from('new')]));
		await before(server);
		const reason: unknown = await upload.commit().then(
			() => 'published',
			(fault: unknown) => Reflect.get(Object(fault), 'reason'),
		);
		await upload.abort();
		const names = await readdir(server.root);
		const contents = names.map(async (name) => [name, await readFile(join(server.root, name), 'utf8')] as const);
		return { reason, files: Object.fromEntries(await Promise.all(contents)) };
	} finally {
		await destination.close();
		await server.close();
	}
}

/** Does something to the first plain rename. */
function atFirstRename(what: Instead): Ssh2ServerOptions {
	let renames = 0;
	return { posixRename: true, refuse: ({ name }) => (name === 'RENAME' && ++renames === 1 ? what : undefined) };
}

const appear = async ({ root }: Ssh2Server) => await writeFile(join(root, 'file.csv'), 'appeared');

test.each(['replyLost', 'disconnect', 'silence'] as const)(
	'a lost connection (%s) at the rename is no taken name: the file is published',
	async (what) => {
		expect(await created(atFirstRename(what))).toEqual({ reason: 'published', files: { 'file.csv': 'new' } });
	},
);

test('a file that appears while the connection is lost is left alone', async () => {
	let renames = 0;
	let root = '';
	const options: Ssh2ServerOptions = {
		refuse: async ({ name }) => {
			if (name !== 'RENAME' || ++renames > 1) return undefined;
			await writeFile(join(root, 'file.csv'), 'appeared');
			return 'disconnect';
		},
	};
	const ended = await created(options, async (server) => void (root = server.root));
	expect(ended).toEqual({ reason: 'targetExists', files: { 'file.csv': 'appeared' } });
});

test('a server whose rename replaces is looked at right before', async () => {
	expect(await created({ renameReplaces: true }, appear)).toEqual({
		reason: 'targetExists',
		files: { 'file.csv': 'appeared' },
	});
});

test('a server that refuses the rename of a free name has its own reason', async () => {
	const refuse: Ssh2ServerOptions['refuse'] = ({ name }) => (name === 'RENAME' ? DENIED : undefined);
	expect(await created({ refuse })).toEqual({ reason: 'targetRefused', files: {} });
});

test('a name that is taken is refused in the first round trip, and nothing is created', async () => {
	const asked: string[] = [];
	const server = await startSsh2Server({ refuse: ({ name }) => void asked.push(name) });
	await appear(server);
	const destination = openSftp(passwordFieldsOf(server));
	await expect(destination.openUpload(targetOf({ replace: false }), never())).rejects.toMatchObject({
		reason: 'targetExists',
		message: 'On the SFTP server file.csv already exists',
	});
	expect(asked).toEqual(['LSTAT']);
	expect(await readdir(server.root)).toEqual(['file.csv']);
	await destination.close();
	await server.close();
});

test('a connection that cannot be made lets nobody look', async () => {
	const server = await startSsh2Server();
	const destination = openSftp(passwordFieldsOf(server));
	await server.close();
	await expect(destination.stat(targetOf(), never())).rejects.toMatchObject({ reason: 'destinationInterrupted' });
	await destination.close();
});

test('a server that refuses to look says so', async () => {
	const server = await startSsh2Server({ refuse: ({ name }) => (/STAT|OPENDIR/.test(name) ? DENIED : undefined) });
	const destination = openSftp(passwordFieldsOf(server));
	await expect(destination.stat(targetOf(), never())).rejects.toMatchObject({
		reason: 'targetRefused',
		message: expect.stringContaining('look at file.csv'),
	});
	await destination.close();
	await server.close();
});

test.each([
	['OPEN', 2],
	['OPEN', 3],
	['CLOSE', 2],
	['CLOSE', 3],
	['RENAME-TRIED', 1],
	['RENAME-TRIED', 2],
	['REMOVE', 2],
])(
	'a connection that is lost while the server is tried, at %s number %i, leaves nothing behind',
	async (request, nth) => {
		let met = 0;
		const server = await startSsh2Server({
			posixRename: true,
			refuse: ({ name }) => (name === request && ++met === nth ? 'replyLost' : undefined),
		});
		const destination = openSftp({ ...passwordFieldsOf(server), idleMs: 5000 });
		try {
			await destination.openUpload(targetOf({ replace: false }), never()).then(
				async (upload) => await upload.abort(),
				(fault: unknown) => expect(fault).toMatchObject({ reason: 'destinationInterrupted' }),
			);
			expect(met).toBeGreaterThanOrEqual(nth);
			expect(await readdir(server.root)).toEqual([]);
		} finally {
			await destination.close();
			await server.close();
		}
	},
);
