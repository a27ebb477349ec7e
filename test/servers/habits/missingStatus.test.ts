import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../../core/destinations/sftp/destination';
import { type Ssh2Server, startSsh2Server } from '../../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../../fields';
import { targetOf } from '../../target';
import { onDisk, SFTP } from '../../conformance/disk';
import { conformance } from '../../conformance/suite';

const [DENIED, FAILURE, NO_SUCH_PATH] = [3, 4, 10];
const HOUR = 60 * 60 * 1000;
const never = (): AbortSignal => new AbortController().signal;

describe.each([
	[FAILURE, false],
	[NO_SUCH_PATH, true],
])('a server that says "not there" by status %i (posix-rename: %s)', (missing, posixRename) => {
	conformance(async () => {
		const readOnly = await startSsh2Server({
			missing,
			refuse: ({ name }) => (/OPEN$|MKDIR/.test(name) ? DENIED : undefined),
		});
		const server = await startSsh2Server({ missing, posixRename });
		return onDisk(server, readOnly, (one) => openSftp(passwordFieldsOf(one)));
	}, SFTP);
});

/** What such a server may refuse besides, so that another request has to say what is there. */
const BLIND_SPOTS: ReadonlyArray<readonly [what: string, refused: RegExp]> = [
	['nothing else', /^$/],
	['STAT', /^STAT$/],
	['LSTAT', /^LSTAT$/],
	['STAT and LSTAT', /STAT$/],
];

describe.each(BLIND_SPOTS)('a server that says "not there" by FAILURE and refuses %s', (_, refusing) => {
	let server: Ssh2Server;
	beforeEach(async () => {
		server = await startSsh2Server({
			missing: FAILURE,
			posixRename: true,
			refuse: ({ name }) => (refusing.test(name) && !/^F?SETSTAT$/.test(name) ? DENIED : undefined),
		});
	});
	afterEach(async () => await server.close());
	const open = () => openSftp(passwordFieldsOf(server));

	it('sees what is there, and what is not', async () => {
		await writeFile(join(server.root, 'file.csv'), 'four');
		const destination = open();
		expect(await destination.stat(targetOf(), never())).toMatchObject({ bytes: 4 });
		expect(await destination.stat(targetOf({ fileName: 'other.csv' }), never())).toBeUndefined();
		expect(await destination.stat(targetOf({ folder: 'no/such' }), never())).toBeUndefined();
		await destination.close();
	});

	it('makes missing folders, replaces, and takes away what was abandoned', async () => {
		const destination = open();
		const target = targetOf({ folder: 'a/b' });
		for (const text of ['first', 'second']) {
			const upload = await destination.openUpload(target, never());
			await upload.write(Readable.from([Buffer.from(text)]));
			await upload.commit();
		}
		const orphan = join(server.root, 'a/b/.file.csv.0123456789ab.part');
		await writeFile(orphan, 'half');
		await utimes(orphan, new Date(Date.now() - 3 * HOUR), new Date(Date.now() - 3 * HOUR));
		await destination.close();
		const later = open();
		const upload = await later.openUpload(target, never());
		await upload.write(Readable.from([Buffer.from('third')]));
		await upload.commit();
		expect(upload.result().removed).toEqual(['a/b/.file.csv.0123456789ab.part']);
		await later.close();
		expect(await readdir(join(server.root, 'a/b'))).toEqual(['file.csv']);
		expect(await readFile(join(server.root, 'a/b/file.csv'), 'utf8')).toBe('third');
	});
});

it('says that the folder is missing, not that something failed, where none may be made', async () => {
	const server = await startSsh2Server({ missing: FAILURE });
	const destination = openSftp(passwordFieldsOf(server));
	const target = targetOf({ folder: 'no/such', createFolders: false });
	await expect(destination.openUpload(target, never())).rejects.toMatchObject({
		message: expect.stringContaining('no such folder'),
		hint: expect.stringContaining('Create Folders'),
	});
	await mkdir(join(server.root, 'no'));
	await destination.close();
	await server.close();
});

it('does not take a refusal for a missing file', async () => {
	const server = await startSsh2Server({
		refuse: ({ name, paths: [path] }) => (/STAT|OPENDIR/.test(name) && path !== '.' ? DENIED : undefined),
	});
	await mkdir(join(server.root, 'in'));
	const destination = openSftp(passwordFieldsOf(server));
	await expect(destination.stat(targetOf({ folder: 'in' }), never())).rejects.toMatchObject({
		reason: 'targetRefused',
	});
	await destination.close();
	await server.close();
});
