import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSftp } from '../../core/destinations/sftp/destination';
import { type Ssh2Server, startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { TARGET, targetOf } from '../target';

/** Two requests at once are done in any order. */
async function slowToOpen(isLost: () => boolean = () => false): Promise<Ssh2Server> {
	return await startSsh2Server({
		refuse: async ({ name }) => {
			if (name !== 'OPEN') return undefined;
			await sleep(300);
			return isLost() ? 'replyLost' : undefined;
		},
	});
}

it('a stop while the server makes the part file leaves nothing, whatever the server does first', async () => {
	const server = await slowToOpen();
	const destination = openSftp(passwordFieldsOf(server));
	const stop = new AbortController();
	const opening = destination.openUpload(TARGET, stop.signal);
	opening.catch(() => undefined);
	while (server.connections() === 0) await sleep(5);
	await sleep(150);
	stop.abort();
	await expect(opening).rejects.toMatchObject({ reason: 'cancelled' });
	expect(await readdir(server.root)).toEqual([]);
	await destination.close();
	await server.close();
});

it('folders that were made for a part file are removed when the execution is stopped before it is there', async () => {
	const server = await slowToOpen();
	const destination = openSftp(passwordFieldsOf(server));
	const stop = new AbortController();
	const opening = destination.openUpload(targetOf({ folder: 'a/b', createFolders: true }), stop.signal);
	opening.catch(() => undefined);
	while ((await readdir(server.root)).length === 0) await sleep(5);
	stop.abort();
	await expect(opening).rejects.toMatchObject({ reason: 'cancelled' });
	expect(await readdir(server.root)).toEqual([]);
	await destination.close();
	await server.close();
});

it('a part file whose making was the last thing a connection did is removed by the next connection', async () => {
	let opened = 0;
	const server = await slowToOpen(() => ++opened === 1);
	const destination = openSftp(passwordFieldsOf(server));
	const opening = destination.openUpload(TARGET, new AbortController().signal);
	await expect(opening).rejects.toMatchObject({ reason: 'destinationInterrupted' });
	expect(await readdir(server.root)).toEqual([]);
	await destination.close();
	await server.close();
});

it('a part file whose making was the last thing a connection did is named when it cannot be removed', async () => {
	const server = await startSsh2Server({
		refuse: ({ name }) => (name === 'OPEN' ? 'replyLost' : name === 'REMOVE' ? 3 : undefined),
	});
	const destination = openSftp(passwordFieldsOf(server));
	const opening = destination.openUpload(TARGET, new AbortController().signal);
	const fault = await opening.catch((reason: unknown) => reason);
	const [left] = await readdir(server.root);
	expect(left).toMatch(/^\.file\.csv\.[0-9a-f]{12}\.part$/);
	expect(fault).toMatchObject({ reason: 'destinationInterrupted', leftover: left });
	await destination.close();
	await server.close();
});

it('connections that lanes had for themselves end with an upload that is stopped, though the server is silent', async () => {
	let opened = 0;
	let silent = false;
	const server = await startSsh2Server({
		refuse: ({ name }) => {
			if (name === 'OPEN') opened++;
			return silent && name !== 'REMOVE' ? 'silence' : undefined;
		},
	});
	const leavesNothing = await writeUntilStopped(server, 3);
	while (opened < 3) await sleep(5);
	await sleep(300);
	silent = true;
	await sleep(100);
	await leavesNothing();
});

it.each([
	['a connection', 3],
	['a channel', 'auto'],
] as const)('a stop does not wait for a server that owes another lane %s', async (_, connections) => {
	let opened = 0;
	const server = await startSsh2Server({
		refuse: async ({ name }) => {
			if (name !== 'OPEN') return undefined;
			if (++opened > 1) return 'silence';
			// Far enough away for more than one lane.
			await sleep(50);
			return undefined;
		},
	});
	const leavesNothing = await writeUntilStopped(server, connections);
	while (opened < 2) await sleep(5);
	await leavesNothing();
});

it('an upload goes on when another one is stopped that was the first to connect', async () => {
	const server = await startSsh2Server();
	const destination = openSftp(passwordFieldsOf(server));
	const stop = new AbortController();
	const first = destination.openUpload(TARGET, stop.signal);
	const second = destination.openUpload(targetOf({ fileName: 'second.csv' }), new AbortController().signal);
	stop.abort();
	await expect(first).rejects.toMatchObject({ reason: 'cancelled' });
	await (await second).abort();
	expect(await readdir(server.root)).toEqual([]);
	await destination.close();
	await server.close();
});

/** Begins to write without end; what it returns stops that, and checks that neither a file nor a connection is left. */
async function writeUntilStopped(server: Ssh2Server, connections: number | 'auto'): Promise<() => Promise<void>> {
	const destination = openSftp({ ...passwordFieldsOf(server), connections, idleMs: 60_000 });
	const stop = new AbortController();
	const upload = await destination.openUpload(TARGET, stop.signal);
	const writing = upload.write(endless());
	writing.catch(() => undefined);
	return async () => {
		stop.abort();
		await expect(writing).rejects.toMatchObject({ reason: 'cancelled' });
		expect(await upload.abort()).toBeUndefined();
		await destination.close();
		while (server.connections() > 0) await sleep(5);
		expect(await readdir(server.root)).toEqual([]);
		await server.close();
	};
}

async function* endless(): AsyncGenerator<Buffer> {
	for (;;) {
		yield Buffer.alloc(65_536);
	}
}
