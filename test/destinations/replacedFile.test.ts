import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Attributes, Temporary } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

const [OK, DENIED] = [0, 3];
const never = (): AbortSignal => new AbortController().signal;

let server: OpenSsh;
beforeAll(async () => {
	server = await startOpenSsh();
}, 60_000);
afterAll(async () => await server?.close());

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

/** Replaces a file of this name; resolves to what is said about it, and to the mode of the part file when all of it was there. */
async function replaced(
	fileName: string,
	attributes: Partial<Attributes> = {},
	temporary: Temporary = { kind: 'hidden' },
) {
	const destination = openSftp(sftpFieldsOf(server));
	const upload = await destination.openUpload(targetOf({ fileName, attributes, temporary }), never());
	await upload.write(Readable.from([Buffer.from('new')]));
	await upload.commit();
	await destination.close();
	expect(await readFile(join(server.root, fileName), 'utf8')).toBe('new');
	return upload.result().notes;
}

it.each([0o664, 0o600, 0o640, 0o444, 0o604])(
	'a file that replaces another one keeps its permissions %o',
	async (mode) => {
		const path = join(server.root, 'kept.csv');
		await writeFile(path, 'old');
		await chmod(path, mode);
		expect(await replaced('kept.csv')).toEqual([]);
		expect(await modeOf(path)).toBe(mode);
		await chmod(path, 0o600);
	},
);

it('Permissions that are asked for win over those of the old file', async () => {
	const path = join(server.root, 'asked.csv');
	await writeFile(path, 'old');
	await chmod(path, 0o664);
	expect(await replaced('asked.csv', { permissions: 0o640 })).toEqual([]);
	expect(await modeOf(path)).toBe(0o640);
});

it('a file on its way shows no more than the old one', async () => {
	const path = join(server.root, 'secret.csv');
	await writeFile(path, 'old');
	await chmod(path, 0o600);
	const destination = openSftp(sftpFieldsOf(server));
	const upload = await destination.openUpload(targetOf({ fileName: 'secret.csv' }), never());
	await upload.write(Readable.from([Buffer.from('new')]));
	const [part = ''] = (await readdir(server.root)).filter((name) => name.startsWith('.secret.csv'));
	expect(await modeOf(join(server.root, part))).toBe(0o600);
	await upload.commit();
	await destination.close();
	expect(await modeOf(path)).toBe(0o600);
});

it('a symbolic link gives way to the file, what it pointed to stays, and the notes say so', async () => {
	await writeFile(join(server.root, 'pointed.csv'), 'kept');
	await symlink('pointed.csv', join(server.root, 'link.csv'));
	expect(await replaced('link.csv')).toEqual([
		'link.csv was a symbolic link. The new file has replaced the link; what it pointed to is unchanged.',
	]);
	expect((await lstat(join(server.root, 'link.csv'))).isFile()).toBe(true);
	expect(await readFile(join(server.root, 'pointed.csv'), 'utf8')).toBe('kept');
});

it('written in place, a symbolic link is followed', async () => {
	await writeFile(join(server.root, 'behind.csv'), 'old');
	await symlink('behind.csv', join(server.root, 'through.csv'));
	await replaced('through.csv', {}, { kind: 'none' });
	expect((await lstat(join(server.root, 'through.csv'))).isSymbolicLink()).toBe(true);
	expect(await readFile(join(server.root, 'behind.csv'), 'utf8')).toBe('new');
});

it('a link to nothing has the name, and one to a folder is a folder', async () => {
	await symlink('nothing', join(server.root, 'dangling.csv'));
	await mkdir(join(server.root, 'folder'));
	await symlink('folder', join(server.root, 'linked.csv'));
	const destination = openSftp(sftpFieldsOf(server));
	const wish = (fileName: string) => targetOf({ fileName, replace: false });
	await expect(destination.openUpload(wish('dangling.csv'), never())).rejects.toMatchObject({ reason: 'targetExists' });
	await expect(destination.openUpload(targetOf({ fileName: 'linked.csv' }), never())).rejects.toMatchObject({
		message: expect.stringContaining('is a folder'),
	});
	expect(await destination.stat(wish('dangling.csv'), never())).toBeDefined();
	await destination.close();
});

async function onScripted(options: Ssh2ServerOptions, attributes: Partial<Attributes>) {
	const scripted = await startSsh2Server({ posixRename: true, ...options });
	await writeFile(join(scripted.root, 'file.csv'), 'old');
	await chmod(join(scripted.root, 'file.csv'), 0o664);
	const destination = openSftp(passwordFieldsOf(scripted));
	const upload = await destination.openUpload(targetOf({ attributes }), never());
	const bytes = await upload.write(Readable.from([Buffer.from('new')])).catch((fault: unknown) => fault);
	if (bytes === 3) await upload.commit();
	const { notes } = upload.result();
	await upload.abort();
	await destination.close();
	await scripted.close();
	return { bytes, notes };
}

const AS_OF = new Date('2024-02-29T12:34:56.789Z');

it('a server that answers OK and sets nothing is looked at, and told about', async () => {
	const { notes } = await onScripted(
		{ refuse: ({ name }) => (name === 'SETSTAT' ? OK : undefined) },
		{ asOf: AS_OF, permissions: 0o444 },
	);
	expect(notes).toEqual([
		expect.stringMatching(
			/^The server accepted the modified time 2024-02-29T12:34:56Z, but the file has 20\d\d-.*Only If Changed/,
		),
		'The server accepted the permissions 444, but the file has 644.',
	]);
});

it('permissions of the old file that the server does not set are told about', async () => {
	const refused = await onScripted({ refuse: ({ name }) => (name === 'SETSTAT' ? DENIED : undefined) }, {});
	expect(refused.notes).toEqual([expect.stringMatching(/^The server refused to set the permissions 664/)]);
});

describe.each([
	['STAT', /^STAT$/],
	['STAT and LSTAT', /STAT$/],
])('a server whose %s leaves the size out', (_, which) => {
	const refuse: Ssh2ServerOptions['refuse'] = ({ name }) =>
		which.test(name) && !name.includes('SET') ? { without: ['size'] } : undefined;

	it('is asked in another way', async () => {
		expect(await onScripted({ refuse }, {})).toEqual({ bytes: 3, notes: [] });
	});

	it('is read where it lists nothing either, and no size is taken for 0', async () => {
		const silent: Ssh2ServerOptions['refuse'] = async (request) =>
			request.name === 'OPENDIR' ? DENIED : await refuse(request);
		expect(await onScripted({ refuse: silent }, {})).toMatchObject({ bytes: 3 });
	});
});

it('a server that says no times and no kinds of files is written to', async () => {
	const refuse: Ssh2ServerOptions['refuse'] = ({ name }) =>
		/STAT$/.test(name) && !name.includes('SET') ? { without: ['mode', 'mtime', 'atime', 'uid', 'gid'] } : undefined;
	const scripted = await startSsh2Server({ refuse, missing: 4 });
	const destination = openSftp(passwordFieldsOf(scripted));
	for (const text of ['one', 'two']) {
		const upload = await destination.openUpload(targetOf({ folder: 'a/b' }), never());
		await upload.write(Readable.from([Buffer.from(text)]));
		await upload.commit();
	}
	expect(await destination.stat(targetOf({ folder: 'a/b' }), never())).toEqual({ bytes: 3 });
	await destination.close();
	expect(await readFile(join(scripted.root, 'a/b/file.csv'), 'utf8')).toBe('two');
	await scripted.close();
});
