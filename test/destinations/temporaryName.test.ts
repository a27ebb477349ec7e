import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import type { Temporary } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { sftpFieldsOf } from '../fields';
import { filesIn, onSsh2, put, sales } from './sales';

const [DENIED, UNSUPPORTED] = [3, 8];
const HOUR = 60 * 60 * 1000;
const never = (): AbortSignal => new AbortController().signal;

const MODES: ReadonlyArray<readonly [name: string, temporary: Temporary, part: RegExp]> = [
	['Hidden File', { kind: 'hidden' }, /^in\/\.sales\.csv\.[0-9a-f]{12}\.part$/],
	['Suffix', { kind: 'suffix' }, /^in\/sales\.[0-9a-f]{12}\.part\.csv$/],
	['Folder', { kind: 'folder', folder: 'tmp/x' }, /^tmp\/x\/sales\.[0-9a-f]{12}\.part\.csv$/],
	['None', { kind: 'none' }, /^in\/sales\.csv$/],
];

describe.each(MODES)('Temporary Name %s', (name, temporary, part) => {
	const inPlace = name === 'None';

	it.each([true, false])(
		'writes a file on OpenSSH that nobody else sees under its name before it is complete (posix-rename: %s)',
		async (posixRename) => {
			const server = await startOpenSsh(posixRename ? {} : { sftpArguments: ['-P', 'posix-rename'] });
			const destination = openSftp(sftpFieldsOf(server));
			for (const text of ['first', 'and second']) {
				const upload = await destination.openUpload(sales(temporary), never());
				await upload.write(Readable.from([Buffer.from(text)]));
				expect((await filesIn(server.root)).filter((path) => part.test(path)).length).toBe(1);
				await upload.commit();
				expect(await filesIn(server.root)).toEqual(['in/sales.csv']);
				expect(await readFile(join(server.root, 'in/sales.csv'), 'utf8')).toBe(text);
				expect(upload.result().notes.some((note) => note.includes('written in place'))).toBe(inPlace);
			}
			await destination.close();
			await server.close();
		},
	);

	it('removes what any mode has left of this target hours ago, and nothing else', async () => {
		await onSsh2({ posixRename: true }, async ({ root }, destination) => {
			const then = new Date(Date.now() - 3 * HOUR);
			const left = ['in/.sales.csv.0123456789ab.part', 'in/sales.0123456789ab.part.csv'];
			const others = ['in/sales.0123456789ab.part.txt', 'in/sales.part.csv', 'in/other.0123456789ab.part.csv'];
			for (const path of [...left, ...others]) {
				await writeFile(join(root, path), 'half');
				await utimes(join(root, path), then, then);
			}
			const { removed } = await put(destination, sales(temporary), 'new');
			expect([...removed].sort()).toEqual(left);
			expect(await filesIn(root)).toEqual([...others, 'in/sales.csv'].sort());
		});
	});

	it('refuses a name that is taken, if it may not replace, and leaves nothing', async () => {
		await onSsh2({ posixRename: true }, async ({ root }, destination) => {
			const wish = sales(temporary, { replace: false });
			await expect(put(destination, wish, 'new')).rejects.toMatchObject({ reason: 'targetExists' });
			expect(await filesIn(root)).toEqual(['in/sales.csv']);
			expect(await readFile(join(root, 'in/sales.csv'), 'utf8')).toBe('old');
		});
	});

	it('makes the folders that are missing', async () => {
		await onSsh2({ posixRename: true }, async ({ root }, destination) => {
			await put(destination, sales(temporary, { folder: 'new/deep' }), 'new');
			expect(await readFile(join(root, 'new/deep/sales.csv'), 'utf8')).toBe('new');
		});
	});
});

/** Names that a server of partners lets through. */
const only =
	(pattern: RegExp): Refuse =>
	({ name, paths }) =>
		/OPEN$|RENAME|REMOVE/.test(name) && name !== 'OPENDIR' && paths.some((path) => !pattern.test(posix.basename(path)))
			? DENIED
			: undefined;

it.each([
	['*.csv', /^[^.].*\.csv$/],
	['no names that begin with a dot', /^[^.]/],
])('a server that allows only %s takes the mode Suffix, with and without posix-rename', async (_, pattern) => {
	for (const posixRename of [true, false]) {
		await onSsh2({ posixRename, refuse: only(pattern) }, async ({ root }, destination) => {
			await put(destination, sales({ kind: 'suffix' }), 'new');
			expect(await filesIn(root)).toEqual(['in/sales.csv']);
			await put(destination, sales({ kind: 'suffix' }, { fileName: 'more.csv', replace: false }), 'new');
			expect(await filesIn(root)).toEqual(['in/more.csv', 'in/sales.csv']);
		});
	}
});

it('a server that allows only *.csv is told about with the hidden name, and with the option', async () => {
	await onSsh2({ refuse: only(/\.csv$/) }, async ({ root }, destination) => {
		await expect(put(destination, sales({ kind: 'hidden' }), 'new')).rejects.toMatchObject({
			reason: 'targetRefused',
			message: expect.stringMatching(/create the temporary file \.sales\.csv\.[0-9a-f]{12}\.part in in /),
			hint: expect.stringContaining('Temporary Name'),
		});
		expect(await readFile(join(root, 'in/sales.csv'), 'utf8')).toBe('old');
	});
});

it.each([DENIED, UNSUPPORTED])(
	'a server that renames nothing (status %i) is refused before the first byte, unless the file is written in place',
	async (status) => {
		const asked: string[] = [];
		const refuse: Refuse = ({ name }) => {
			asked.push(name);
			return name.includes('RENAME') ? status : undefined;
		};
		await onSsh2({ posixRename: true, refuse }, async ({ root }, destination) => {
			for (const replace of [true, false]) {
				const target = sales({ kind: 'hidden' }, { replace, fileName: `${replace}.csv` });
				await expect(destination.openUpload(target, never())).rejects.toMatchObject({
					reason: 'targetRefused',
					message: expect.stringContaining('does not let this user rename files in in'),
					hint: expect.stringContaining('None: Write in Place'),
				});
			}
			expect(asked).not.toContain('WRITE');
			expect(await filesIn(root)).toEqual(['in/sales.csv']);
			await put(destination, sales({ kind: 'none' }), 'new');
			expect(await readFile(join(root, 'in/sales.csv'), 'utf8')).toBe('new');
		});
	},
);

it('a server that says the same of every missing file is asked with a file that exists', async () => {
	const refuse: Refuse = ({ name }) => (/RENAME-TRIED$/.test(name) ? DENIED : undefined);
	let trials = 0;
	const ghosts: Refuse = (request) => (request.name.endsWith('TRIED') && ++trials <= 2 ? refuse(request) : undefined);
	await onSsh2({ posixRename: true, refuse: ghosts }, async ({ root }, destination) => {
		await put(destination, sales({ kind: 'hidden' }), 'new');
		expect(await filesIn(root)).toEqual(['in/sales.csv']);
	});
});

it('a failed upload in place says what became of the target, and removes only what it made itself', async () => {
	await onSsh2({}, async ({ root }, destination) => {
		const broken = async function* () {
			yield Buffer.from('half');
			throw new Error('the source broke');
		};
		const fresh = await destination.openUpload(sales({ kind: 'none' }, { fileName: 'fresh.csv' }), never());
		await expect(fresh.write(broken())).rejects.toThrow('the source broke');
		await fresh.abort();
		expect(fresh.spoiled?.()).toBeUndefined();
		expect(await filesIn(root)).toEqual(['in/sales.csv']);
		const over = await destination.openUpload(sales({ kind: 'none' }), never());
		expect(await readFile(join(root, 'in/sales.csv'), 'utf8')).toBe('old');
		await expect(over.write(broken())).rejects.toThrow('the source broke');
		await over.abort();
		expect(over.spoiled?.()).toContain('in/sales.csv was written in place and is incomplete');
		expect(await readFile(join(root, 'in/sales.csv'), 'utf8')).toMatch(/^(half)?$/);
	});
});
