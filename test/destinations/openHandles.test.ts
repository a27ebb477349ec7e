import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openSftp } from '../../core/destinations/sftp/destination';
import type { Habit } from '../../sandbox/habits/habit';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET } from '../target';

const [FAILURE, LAST] = [4, 1_000_000];

test('an upload whose last write is refused leaves no file open on a connection that goes on', async () => {
	const open = new Set<string>();
	const counts: Habit = (folder) => ({
		...folder,
		OPEN: async (...request) => {
			const reply = await folder.OPEN(...request);
			if ('handle' in reply) open.add(String(reply.handle));
			return reply;
		},
		WRITE: async (handle, offset, ...rest) =>
			Number(offset) >= LAST ? { status: FAILURE } : await folder.WRITE(handle, offset, ...rest),
		CLOSE: async (handle, ...rest) => {
			open.delete(String(handle));
			return await folder.CLOSE(handle, ...rest);
		},
	});
	const server = await startSsh2Server({ habits: [counts] });
	const destination = openSftp({ ...passwordFieldsOf(server), connections: 1 });
	try {
		const upload = await destination.openUpload(TARGET, new AbortController().signal);
		const content = randomBytes(LAST + 100_000);
		await expect(upload.write(Readable.from([content]))).rejects.toMatchObject({ reason: 'targetRefused' });
		await upload.abort();
		// What was sent before is answered before this.
		await destination.stat(TARGET, new AbortController().signal);
		expect([...open]).toEqual([]);
	} finally {
		await destination.close();
		await server.close();
	}
});

test('a handle that was closed while an OPEN waited may be handed out by it, where requests for other files overtake it', async () => {
	/** Its handles are the lowest free number, as file descriptors are; the second file is opened once the first was closed. */
	const lowest: Habit = (folder) => {
		const open = new Map<string, Buffer>();
		const closed = new EventEmitter();
		const on = (handle: Buffer) => open.get(String(handle)) ?? handle;
		return {
			...folder,
			OPEN: async (path, ...rest) => {
				if (path.includes('second') && open.size > 0) await once(closed, 'one');
				const reply = await folder.OPEN(path, ...rest);
				if (!('handle' in reply)) return reply;
				const name = ['0', '1', '2', '3'].find((free) => !open.has(free)) ?? '';
				open.set(name, reply.handle);
				return { handle: Buffer.from(name) };
			},
			READ: async (handle, ...rest) => await folder.READ(on(handle), ...rest),
			WRITE: async (handle, ...rest) => await folder.WRITE(on(handle), ...rest),
			FSTAT: async (handle, ...rest) => await folder.FSTAT(on(handle), ...rest),
			CLOSE: async (handle, ...rest) => {
				const reply = await folder.CLOSE(on(handle), ...rest);
				open.delete(String(handle));
				closed.emit('one');
				return reply;
			},
		};
	};
	const server = await startSsh2Server({ habits: [lowest] });
	const destination = openSftp({ ...passwordFieldsOf(server), connections: 1 });
	const { signal } = new AbortController();
	try {
		const first = await destination.openUpload({ ...TARGET, fileName: 'first.csv' }, signal);
		const opening = destination.openUpload({ ...TARGET, fileName: 'second.csv' }, signal);
		await first.write(Readable.from([Buffer.from('first')]));
		const second = await opening;
		await second.write(Readable.from([Buffer.from('second')]));
		await Promise.all([first.commit(), second.commit()]);
		expect(await readFile(join(server.root, 'second.csv'), 'utf8')).toBe('second');
	} finally {
		await destination.close();
		await server.close();
	}
});
