import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type SFTPWrapper, type Stats } from 'ssh2';
import { changesBlocks, dropsBlocks, swapsBlocks } from '../../sandbox/habits/blocks';
import type { Habit } from '../../sandbox/habits/habit';
import {
	handsOutOpenHandles,
	inOrderOnly,
	oneAtATime,
	refusesReopenedWrites,
	reopeningEmpties,
} from '../../sandbox/habits/handles';
import { ignoresAttributes, mayNotRead, missingIs, noRename, noStat } from '../../sandbox/habits/rights';
import { dropsUnfinished, storesAtClose } from '../../sandbox/habits/uploads';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { sftpOf } from './sftpClient';

type Answer<T> = (fault: Error | null | undefined, value: T) => void;

/** A raw client of a server that has a habit. */
async function against(options: Ssh2ServerOptions, work: (stage: Stage) => Promise<void>): Promise<void> {
	const server = await startSsh2Server(options);
	const client = new Client().on('error', () => undefined);
	client.connect({ ...server });
	await once(client, 'ready');
	try {
		await work(stageOf(server, await sftpOf(client)));
	} finally {
		client.end();
		await server.close();
	}
}

function stageOf(server: Ssh2Server, sftp: SFTPWrapper) {
	const ask = async <T>(request: (answer: Answer<T>) => void): Promise<T> =>
		await new Promise((resolve, reject) => request((fault, value) => (fault ? reject(fault) : resolve(value))));
	return {
		sftp,
		ask,
		open: async (name: string, flags: 'wx' | 'r+' | 'r' | 'w') => await ask<Buffer>((a) => sftp.open(name, flags, a)),
		write: async (handle: Buffer, at: number, text: string) =>
			await ask<void>((a) => sftp.write(handle, Buffer.from(text), 0, text.length, at, (fault) => a(fault, undefined))),
		onDisk: async (name: string) => String(await readFile(join(server.root, name))),
	};
}

type Stage = ReturnType<typeof stageOf>;

test('one at a time: what is asked behind a slow write is answered once that is done', async () => {
	const slow: Habit = (folder) => ({
		...folder,
		WRITE: async (...args) => {
			await sleep(20);
			return await folder.WRITE(...args);
		},
	});
	await against({ habits: [slow, oneAtATime()] }, async ({ open, write, ask, sftp }) => {
		const handle = await open('a', 'wx');
		const written = write(handle, 0, 'all of it');
		const { size } = await ask<Stats>((answer) => sftp.fstat(handle, answer));
		await written;
		expect(size).toBe(9);
	});
});

test('in order only: the creating handle appends; what skips, and a second handle, is refused', async () => {
	await against({ habits: [inOrderOnly()] }, async ({ open, write, onDisk }) => {
		const first = await open('file', 'wx');
		await write(first, 0, 'ab');
		await expect(write(first, 4, 'ef')).rejects.toMatchObject({ code: 4 });
		await write(first, 2, 'cd');
		await expect(write(await open('file', 'r+'), 4, 'ef')).rejects.toMatchObject({ code: 4 });
		expect(await onDisk('file')).toBe('abcd');
	});
});

test('a reopened file refuses every write', async () => {
	await against({ habits: [refusesReopenedWrites()] }, async ({ open, write, onDisk }) => {
		const first = await open('file', 'wx');
		await write(first, 2, 'cd');
		await expect(write(await open('file', 'r+'), 4, 'ef')).rejects.toMatchObject({ message: 'unexpected EOF' });
		await write(first, 0, 'ab');
		expect(await onDisk('file')).toBe('abcd');
	});
});

test('a second open empties the file', async () => {
	await against({ habits: [reopeningEmpties()] }, async ({ open, write, onDisk }) => {
		const first = await open('file', 'wx');
		await write(first, 0, 'ab');
		await open('file', 'r+');
		expect(await onDisk('file')).toBe('');
		await write(first, 2, 'cd');
		expect(await onDisk('file')).toBe('\0\0cd');
	});
});

test('the third handle is one that is still open', async () => {
	await against({ habits: [handsOutOpenHandles()] }, async ({ ask, sftp, open, write, onDisk }) => {
		const [a, b, c] = [await open('a', 'wx'), await open('b', 'wx'), await open('c', 'wx')];
		expect([a, b, c].map(String)).toEqual(['0', '1', '1']);
		await write(b, 0, 'meant for b');
		expect([await onDisk('b'), await onDisk('c')]).toEqual(['', 'meant for b']);
		await ask((answer) => sftp.close(c, (fault) => answer(fault, undefined)));
		await write(b, 0, 'b again');
		expect(await onDisk('b')).toBe('b again');
	});
});

test('a file is stored when it is closed', async () => {
	await against({ habits: [storesAtClose()] }, async ({ ask, sftp, open, write, onDisk }) => {
		const file = await open('file', 'wx');
		await write(file, 2, 'cd');
		await write(file, 0, 'ab');
		await expect(open('file', 'r+')).rejects.toMatchObject({ code: 2 });
		expect(await ask((answer) => sftp.fstat(file, answer))).toMatchObject({ size: 4 });
		await ask<void>((answer) => sftp.close(file, (fault) => answer(fault, undefined)));
		expect(await onDisk('file')).toBe('abcd');
		await expect(open('file', 'wx')).rejects.toMatchObject({ code: 4 });
	});
});

test('what is unfinished goes with the connection', async () => {
	await against({ habits: [dropsUnfinished()] }, async ({ ask, sftp, open, onDisk }) => {
		const done = await open('done', 'wx');
		await ask<void>((answer) => sftp.close(done, (fault) => answer(fault, undefined)));
		await open('unfinished', 'wx');
		sftp.end();
		for (let tries = 0; tries < 100 && (await onDisk('unfinished').catch(() => 'gone')) !== 'gone'; tries++)
			await sleep(20);
		await expect(onDisk('unfinished')).rejects.toMatchObject({ code: 'ENOENT' });
		expect(await onDisk('done')).toBe('');
	});
});

test('every k-th block is dropped, or another', async () => {
	for (const [habit, expected] of [
		[dropsBlocks(2), 'ab\0\0ef'],
		[changesBlocks(2), 'abbeef'],
	] as const) {
		await against({ habits: [habit] }, async ({ open, write, onDisk }) => {
			const file = await open('file', 'wx');
			for (const [at, text] of ['ab', 'cd', 'ef'].entries()) await write(file, 2 * at, text);
			expect(await onDisk('file')).toBe(expected);
		});
	}
});

test('blocks of two files are swapped, until one of them is looked at', async () => {
	await against({ habits: [swapsBlocks()] }, async ({ ask, sftp, open, write, onDisk }) => {
		const [a, b] = [await open('a', 'wx'), await open('b', 'wx')];
		await write(a, 0, 'aa');
		await write(b, 0, 'bb');
		expect([await onDisk('a'), await onDisk('b')]).toEqual(['bb', 'aa']);
		await write(a, 2, 'AA');
		await ask((answer) => sftp.stat('a', answer));
		await write(b, 2, 'BB');
		expect([await onDisk('a'), await onDisk('b')]).toEqual(['bbAA', 'aaBB']);
	});
});

test('rights: no stat, no rename, no reading', async () => {
	const DENIED = { code: 3 };
	await against({ refuse: noStat }, async ({ ask, sftp, open }) => {
		await expect(ask((answer) => sftp.stat('.', answer))).rejects.toMatchObject(DENIED);
		await ask((answer) => sftp.lstat('.', answer));
		const file = await open('file', 'wx');
		await ask((answer) => sftp.fstat(file, answer));
	});
	await against({ refuse: noRename, posixRename: true }, async ({ ask, sftp, open }) => {
		await open('file', 'wx');
		const unsupported = { code: 8 };
		await expect(ask<void>((a) => sftp.rename('file', 'x', (f) => a(f, undefined)))).rejects.toMatchObject(unsupported);
		await expect(ask<void>((a) => sftp.ext_openssh_rename('file', 'x', (f) => a(f, undefined)))).rejects.toMatchObject(
			unsupported,
		);
	});
	await against({ habits: [mayNotRead()] }, async ({ open }) => {
		await open('file', 'wx');
		await expect(open('file', 'r')).rejects.toMatchObject(DENIED);
		await expect(open('file', 'r+')).rejects.toMatchObject(DENIED);
	});
	await against({ habits: [mayNotRead({ opens: true })] }, async ({ ask, sftp, open }) => {
		await open('file', 'wx');
		const file = await open('file', 'r+');
		const read = ask((answer) => sftp.read(file, Buffer.alloc(1), 0, 1, 0, (fault) => answer(fault, undefined)));
		await expect(read).rejects.toMatchObject(DENIED);
	});
});

test('attributes are ignored, and what is missing is a plain failure', async () => {
	await against({ habits: [ignoresAttributes(), missingIs(4)] }, async ({ ask, sftp, open }) => {
		await open('file', 'wx');
		const before = await ask<{ mode: number }>((answer) => sftp.stat('file', answer));
		await ask<void>((answer) => sftp.chmod('file', 0o600, (fault) => answer(fault, undefined)));
		expect(await ask((answer) => sftp.stat('file', answer))).toEqual(before);
		await expect(ask((answer) => sftp.stat('absent', answer))).rejects.toMatchObject({ code: 4 });
	});
	await against({ habits: [missingIs(10)] }, async ({ ask, sftp }) => {
		await expect(ask((answer) => sftp.stat('absent', answer))).rejects.toMatchObject({ code: 10 });
	});
});
