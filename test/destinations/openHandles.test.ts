import { randomBytes } from 'node:crypto';
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
