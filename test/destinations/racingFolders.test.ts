import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';
import type { Target } from '../../core/destinations/destination';

const [DENIED, FAILURE, FILE_EXISTS] = [3, 4, 11];
const NEVER = new AbortController().signal;

/** Stores a file in the folder `in`, while `meddle` may do something to it, or refuse, before each request; reads it there. */
async function stored(
	meddle: (request: string, folder: string) => number | undefined,
	target: Partial<Target> = {},
): Promise<string> {
	const server = await startSsh2Server({
		posixRename: true,
		refuse: ({ name }) => meddle(name, join(server.root, 'in')),
	});
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

test('folders above one that is refused again and again do not stay', async () => {
	const server = await startSsh2Server({
		refuse: ({ name, paths }) => (name === 'MKDIR' && paths[0] === 'a/b/c' ? FAILURE : undefined),
	});
	const destination = openSftp(passwordFieldsOf(server));
	try {
		await expect(destination.openUpload(targetOf({ folder: 'a/b/c' }), NEVER)).rejects.toThrow('a/b/c');
		expect(await readdir(server.root)).toEqual([]);
	} finally {
		await destination.close();
		await server.close();
	}
});

describe('a folder that another writeback made, and removes when it came to nothing, is made anew', () => {
	test('when it was there when it was to be made, and is gone when it is looked for', async () => {
		let asked = 0;
		const refuseOnce = (request: string) => (request === 'MKDIR' && ++asked === 1 ? FAILURE : undefined);
		expect(await stored(refuseOnce)).toBe('whole');
	});

	test('when several made it, one after the other, and each is gone when it is looked for', async () => {
		let asked = 0;
		const exists = (request: string) => (request === 'MKDIR' && ++asked < 7 ? FILE_EXISTS : undefined);
		expect(await stored(exists)).toBe('whole');
	});

	test('before the first file is in it', async () => {
		let opened = 0;
		const remove = (request: string, folder: string) => {
			if (request === 'OPEN' && ++opened === 2) rmdirSync(folder);
			return undefined;
		};
		expect(await stored(remove)).toBe('whole');
		expect(opened).toBeGreaterThan(2);
	});

	test.each([true, false])('while the file grows in a folder of its own (replacing: %s)', async (replace) => {
		let removed = false;
		const remove = (request: string, folder: string) => {
			// What the server does with links is tried before the folder is made.
			if (!removed && /RENAME|LINK/i.test(request) && existsSync(folder)) {
				rmdirSync(folder);
				removed = true;
			}
			return undefined;
		};
		expect(await stored(remove, { replace, temporary: { kind: 'folder', folder: 'parts' } })).toBe('whole');
		expect(removed).toBe(true);
	});
});

test('a folder that the server says it has, and does not show, is used', async () => {
	let made = false;
	const unseen = (request: string, folder: string) => {
		if (request === 'STAT' || request === 'LSTAT' || request === 'OPENDIR') return DENIED;
		if (request !== 'MKDIR' || made) return undefined;
		made = true;
		mkdirSync(folder);
		return FILE_EXISTS;
	};
	expect(await stored(unseen)).toBe('whole');
	expect(made).toBe(true);
});

test('a connection that breaks while a refused folder is looked for is a loss, and no refusal', async () => {
	let made = false;
	const server = await startSsh2Server({
		refuse: ({ name, paths }) => {
			if (made && name === 'STAT') return 'disconnect';
			if (name !== 'MKDIR') return undefined;
			made = true;
			mkdirSync(join(server.root, String(paths[0])));
			return FAILURE;
		},
	});
	const destination = openSftp(passwordFieldsOf(server));
	try {
		await expect(destination.openUpload(targetOf({ folder: 'in', createFolders: true }), NEVER)).rejects.toMatchObject({
			reason: 'destinationInterrupted',
			retryable: true,
		});
	} finally {
		await destination.close();
		await server.close();
	}
});
