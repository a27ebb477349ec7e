import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes, UploadResult } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startOpenSsh } from '../../sandbox/openssh';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf, sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

const AS_OF = new Date('2024-02-29T12:34:56.789Z');
const ASKED = { asOf: AS_OF, permissions: 0o640 };
const [DENIED, FAILURE, UNSUPPORTED] = [3, 4, 8];

interface Published {
	readonly report: UploadResult;
	/** What the server was asked for from the commit on, the search for abandoned part files left out. */
	readonly asked: readonly string[];
	readonly mode: number;
	readonly modified: Date;
}

/** Puts `new` in the place of `old`. */
async function published(attributes: Partial<Attributes>, options: Ssh2ServerOptions = {}): Promise<Published> {
	const asked: string[] = [];
	const refuse: Refuse = async (request) => {
		if (/STAT|RENAME/.test(request.name)) asked.push(request.name);
		return await options.refuse?.(request);
	};
	const server = await startSsh2Server({ posixRename: true, ...options, refuse });
	const destination = openSftp(passwordFieldsOf(server));
	const path = join(server.root, 'file.csv');
	try {
		await writeFile(path, 'old');
		const upload = await destination.openUpload(targetOf({ attributes }), new AbortController().signal);
		await upload.write(Readable.from([Buffer.from('new')]));
		asked.length = 0;
		await upload.commit();
		expect(await readdir(server.root)).toEqual(['file.csv']);
		expect(await readFile(path, 'utf8')).toBe('new');
		const { mode, mtime } = await stat(path);
		return { report: upload.result(), asked, mode: mode & 0o777, modified: mtime };
	} finally {
		await destination.close();
		await server.close();
	}
}

test('a file that has neither permissions nor a modified time is looked at together with the rename', async () => {
	const refuse: Refuse = async ({ name }) => {
		if (name === 'POSIX-RENAME') await sleep(20);
		return undefined;
	};
	expect((await published({}, { refuse })).asked.slice(0, 2)).toEqual(['POSIX-RENAME', 'STAT']);
	const { asked, report } = await published({});
	expect(asked).toEqual(['POSIX-RENAME', 'STAT']);
	expect(report).toEqual({ removed: [], notes: [], verifiedBy: 'sampled' });
});

test('permissions and modified time are on their way together with the rename', async () => {
	const refuse: Refuse = async ({ name }) => {
		if (name === 'SETSTAT') await sleep(20);
		return undefined;
	};
	const { asked } = await published(ASKED, { refuse });
	expect(asked.slice(0, 3)).toEqual(['SETSTAT', 'SETSTAT', 'POSIX-RENAME']);
});

test('a server that answers out of order sets them after the rename', async () => {
	const refuse: Refuse = async ({ name, paths: [path = ''] }) => {
		if (name === 'SETSTAT' && path.endsWith('.part')) await sleep(100);
		return undefined;
	};
	const { mode, modified, report } = await published(ASKED, { refuse });
	expect(mode).toBe(0o640);
	expect(modified).toEqual(new Date('2024-02-29T12:34:56Z'));
	expect(report.notes).toEqual([]);
});

test.each([
	['permission denied', DENIED],
	['failure', FAILURE],
	['unsupported', UNSUPPORTED],
])('a server that refuses SETSTAT (%s) publishes, and the notes say what is not set', async (_, status) => {
	const { report } = await published(ASKED, { refuse: ({ name }) => (name === 'SETSTAT' ? status : undefined) });
	expect(report.notes).toEqual([
		expect.stringMatching(/^The server refused to set the modified time \(.+\)\.$/),
		expect.stringMatching(/^The server refused to set the permissions 640 \(.+\)\.$/),
	]);
});

test('a server that cannot replace in one step is told about', async () => {
	const { report, modified } = await published(ASKED, { posixRename: false });
	expect(report.notes).toEqual([expect.stringContaining('briefly missing during a rename')]);
	expect(modified).toEqual(new Date('2024-02-29T12:34:56Z'));
});

test('a lost connection between the two leaves no note behind', async () => {
	let lost = false;
	const refuse: Refuse = ({ name }) => {
		if (name !== 'SETSTAT' || lost) return undefined;
		lost = true;
		return 'disconnect';
	};
	const { report, mode } = await published(ASKED, { refuse });
	expect(report.notes).toEqual([]);
	expect(mode).toBe(0o640);
});

test('a part file that has to wait for its place looks as new as it is', async () => {
	const ages: number[] = [];
	let root = '';
	const server = await startSsh2Server({
		refuse: async ({ name, paths: [from = ''] }) => {
			if (name !== 'RENAME' || from !== 'file.csv') return undefined;
			const [part = ''] = (await readdir(root)).filter((file) => file.endsWith('.part'));
			ages.push(Date.now() - (await stat(join(root, part))).mtimeMs);
			return undefined;
		},
	});
	({ root } = server);
	await writeFile(join(root, 'file.csv'), 'old');
	const destination = openSftp(passwordFieldsOf(server));
	const upload = await destination.openUpload(targetOf({ attributes: ASKED }), new AbortController().signal);
	await upload.write(Readable.from([Buffer.from('new')]));
	await upload.commit();
	expect(ages).toEqual([expect.any(Number)]);
	expect(Math.abs(ages[0] ?? Infinity)).toBeLessThan(3_600_000);
	expect((await stat(join(root, 'file.csv'))).mtime).toEqual(new Date('2024-02-29T12:34:56Z'));
	await destination.close();
	await server.close();
});

test.each([0o600, 0o640, 0o444, 0o660])(
	'nobody sees more of a file on its way than its permissions %o allow',
	async (permissions) => {
		const server = await startOpenSsh();
		const destination = openSftp(sftpFieldsOf(server));
		const upload = await destination.openUpload(
			targetOf({ attributes: { permissions } }),
			new AbortController().signal,
		);
		await upload.write(Readable.from([Buffer.from('secret')]));
		const [part = ''] = await readdir(server.root);
		const { mode } = await stat(join(server.root, part));
		expect(mode & 0o777 & ~(permissions | 0o600)).toBe(0);
		await upload.commit();
		expect((await stat(join(server.root, 'file.csv'))).mode & 0o777).toBe(permissions);
		await destination.close();
		await server.close();
	},
);
