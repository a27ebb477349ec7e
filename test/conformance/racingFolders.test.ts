import { existsSync, rmdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';
import type { Target } from '../../core/destinations/destination';

const FAILURE = 4;
const NEVER = new AbortController().signal;

type Refuse = NonNullable<Ssh2ServerOptions['refuse']>;

/** Stores a file in the folder `in` of a server that something else uses, too, and reads it there. */
async function stored(refuse: (root: string) => Refuse, target: Partial<Target> = {}): Promise<string> {
	const server = await startSsh2Server({ posixRename: true, refuse: (request) => refuse(server.root)(request) });
	const destination = openSftp(passwordFieldsOf(server));
	try {
		const upload = await destination.openUpload(targetOf({ folder: 'in', createFolders: true, ...target }), NEVER);
		await upload.write(Readable.from([Buffer.from('whole')]));
		await upload.commit();
		return await readFile(join(server.root, 'in', 'file.csv'), 'utf8');
	} finally {
		await destination.close();
		await server.close();
	}
}

describe('a folder that another writeback made, and removes when it came to nothing, is made anew', () => {
	test('when it was there when it was to be made, and is gone when it is looked for', async () => {
		let asked = 0;
		expect(
			await stored(
				() =>
					({ name }) =>
						name === 'MKDIR' && ++asked === 1 ? FAILURE : undefined,
			),
		).toBe('whole');
	});

	test('before the first file is in it', async () => {
		let opened = 0;
		const remove = (root: string) => {
			if (++opened === 2) rmdirSync(join(root, 'in'));
			return undefined;
		};
		expect(
			await stored(
				(root) =>
					({ name }) =>
						name === 'OPEN' ? remove(root) : undefined,
			),
		).toBe('whole');
		expect(opened).toBeGreaterThan(2);
	});

	test.each([true, false])('while the file grows in a folder of its own (replacing: %s)', async (replace) => {
		let removed = false;
		const remove = (root: string) => {
			// What the server does with links is tried before the folder is made.
			if (!removed && existsSync(join(root, 'in'))) {
				rmdirSync(join(root, 'in'));
				removed = true;
			}
			return undefined;
		};
		const refuse =
			(root: string): Refuse =>
			({ name }) =>
				/RENAME|LINK/i.test(name) ? remove(root) : undefined;
		expect(await stored(refuse, { replace, temporary: { kind: 'folder', folder: 'parts' } })).toBe('whole');
		expect(removed).toBe(true);
	});
});
