import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { Target } from '../../core/destinations/destination';
import { type OpenSsh, startOpenSsh } from '../../sandbox/openssh';
import { sftpFieldsOf } from '../fields';
import { targetOf } from '../target';

const never = (): AbortSignal => new AbortController().signal;
const AS_OF = new Date('2024-02-29T12:34:56Z');

/** What a user may want of a server. */
const WISHES: Readonly<Record<string, Target>> = {
	'a new file': targetOf({ fileName: 'new.csv' }),
	'a replaced file': targetOf({ fileName: 'old.csv' }),
	'a file that may not replace': targetOf({ fileName: 'only.csv', replace: false }),
	'a new folder': targetOf({ folder: 'a/b', fileName: 'deep.csv' }),
	'a file with attributes': targetOf({ fileName: 'old.csv', attributes: { asOf: AS_OF, permissions: 0o600 } }),
	'a file written in place': targetOf({ fileName: 'old.csv', temporary: { kind: 'none' } }),
};

interface Ending {
	readonly said: string;
	readonly content: string | undefined;
	readonly names: readonly string[];
}

/** Writes as is wished, and tells how it ended and what is there. */
async function ended(server: OpenSsh, target: Target): Promise<Ending> {
	await writeFile(join(server.root, 'old.csv'), 'old');
	const destination = openSftp({ ...sftpFieldsOf(server), idleMs: 5000 });
	const said = await written(destination, target).catch((fault: unknown) => {
		const { message, hint }: { readonly message?: string; readonly hint?: string } = Object(fault);
		return `${message}. ${hint}`;
	});
	await destination.close();
	const content = await readFile(join(server.root, target.folder, target.fileName), 'utf8').catch(() => undefined);
	const names = (await readdir(server.root, { recursive: true })).filter((name) => name !== 'old.csv').sort();
	return { said, content, names };
}

async function written(destination: ReturnType<typeof openSftp>, target: Target): Promise<string> {
	const upload = await destination.openUpload(target, never());
	try {
		expect(await upload.write(Readable.from([Buffer.from('new')]))).toBe(3);
		await upload.commit();
		return ['published', ...upload.result().notes].join('\n');
	} catch (fault) {
		await upload.abort();
		throw fault;
	}
}
/** What is refused by a request's name, and what the message names then. */
type Refusals = Readonly<Partial<Record<keyof typeof WISHES, RegExp>>>;
const ALL = (says: RegExp): Refusals => Object.fromEntries(Object.keys(WISHES).map((wish) => [wish, says]));
const RENAMED = Object.keys(WISHES).filter((wish) => !/in place|may not replace/.test(wish));

const ROWS: ReadonlyArray<readonly [refused: string, refusals: Refusals]> = [
	[
		'open',
		{ ...ALL(/create the temporary file \.\w+\.csv\.\w+\.part in /), 'a file written in place': /write to old\.csv/ },
	],
	['close', ALL(/close .*\.csv.* SFTP request CLOSE/)],
	['mkdir', { 'a new folder': /create the folder a .* SFTP request MKDIR/ }],
	['write', ALL(/write \S*\.csv\S* .*SFTP request WRITE/)],
	...[
		'lstat',
		'stat',
		'fstat',
		'setstat',
		'fsetstat',
		'lsetstat',
		'opendir',
		'readdir',
		'remove',
		'rmdir',
		'realpath',
	].map((request) => [request, {}] as const),
	...[
		'rename',
		'posix-rename',
		'hardlink',
		'statvfs',
		'fstatvfs',
		'fsync',
		'limits',
		'expand-path',
		'readlink',
		'symlink',
	].map((request) => [request, {}] as const),
	[
		'rename,posix-rename',
		Object.fromEntries(RENAMED.map((wish) => [wish, /rename files in .* RENAME and posix-rename/])),
	],
	['rename,hardlink', {}],
	['stat,lstat', {}],
	['stat,lstat,opendir', {}],
	['stat,lstat,fstat,opendir', ALL(/does not say how large .*STAT, LSTAT, FSTAT or OPENDIR/)],
];

test.each(ROWS)(
	'an OpenSSH that refuses %s gets the right content, or the message names what is refused',
	async (refused, refusals) => {
		for (const [wish, target] of Object.entries(WISHES)) {
			const server = await startOpenSsh({ sftpArguments: ['-P', refused] });
			const { said, content, names } = await ended(server, target);
			await server.close();
			const old = target.fileName === 'old.csv' ? 'old' : undefined;
			const expected = refusals[wish];
			if (expected === undefined)
				expect({ wish, said, content }).toMatchObject({ said: expect.stringMatching(/^published/), content: 'new' });
			else expect(said).toMatch(expected);
			// What is written in place is there from its first byte on.
			if (expected !== undefined && target.temporary?.kind !== 'none') expect(content).toBe(old);
			expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
		}
	},
	60_000,
);
