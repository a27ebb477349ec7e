import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { utils } from 'ssh2';
import type { Destination } from '../../core/destinations/destination';
import { openSftp } from '../../core/destinations/sftp/destination';
import { changesBlocks, dropsBlocks, flipsOneBit } from '../../sandbox/habits/blocks';
import type { Habit } from '../../sandbox/habits/habit';
import { handsOutOpenHandles, inOrderOnly, reopeningEmpties } from '../../sandbox/habits/handles';
import { mayNotRead } from '../../sandbox/habits/rights';
import { type Ssh2Server, type Ssh2ServerOptions, startSsh2Server } from '../../sandbox/ssh2Server';
import { macOf } from '../contentMac';
import { passwordFieldsOf } from '../fields';
import { targetOf } from '../target';

const { FAILURE } = utils.sftp.STATUS_CODE;
const never = (): AbortSignal => new AbortController().signal;
const sha256Of = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
const CONTENT = randomBytes(3_000_001);
const sha256 = sha256Of(CONTENT);

const running: Array<() => Promise<void>> = [];
afterEach(async () => {
	for (const end of running.splice(0).reverse()) await end();
});

async function to(options: Ssh2ServerOptions): Promise<{ server: Ssh2Server; destination: Destination }> {
	const server = await startSsh2Server({ posixRename: true, ...options });
	const destination = openSftp(passwordFieldsOf(server));
	running.push(server.close, destination.close);
	return { server, destination };
}

async function put(
	destination: Destination,
	fileName = 'file.csv',
	content = CONTENT,
	verifyContent = false,
	folder = '',
) {
	const upload = await destination.openUpload(targetOf({ folder, fileName, verifyContent }), never());
	try {
		expect(await upload.write(Readable.from([content]))).toBe(content.length);
		if (upload.readsBack) await upload.verify(macOf(content));
		await upload.commit();
		return upload.result();
	} catch (fault) {
		await upload.abort();
		throw fault;
	}
}

it.each([
	['is lost', dropsBlocks(7)],
	['is replaced by other bytes', changesBlocks(90)],
])('a file of which a block %s is not published', async (_, habit) => {
	const { server, destination } = await to({ habits: [habit] });
	await expect(put(destination)).rejects.toMatchObject({ reason: 'incomplete', retryable: true });
	expect(await readdir(server.root)).toEqual([]);
});

it('a file that was read back in samples says so', async () => {
	const { destination } = await to({});
	expect(await put(destination)).toMatchObject({ verifiedBy: 'sampled', notes: [] });
});

it('a single wrong bit passes samples, and not Verify Content', async () => {
	const { server, destination } = await to({ habits: [flipsOneBit()] });
	await expect(put(destination, 'file.csv', CONTENT, true)).rejects.toMatchObject({ reason: 'incomplete' });
	expect(await readdir(server.root)).toEqual([]);
});

it('with Verify Content all of a file is compared', async () => {
	const { server, destination } = await to({});
	expect(await put(destination, 'file.csv', CONTENT, true)).toMatchObject({ verifiedBy: 'content' });
	expect(sha256Of(await readFile(join(server.root, 'file.csv')))).toBe(sha256);
});

it.each([
	['be opened', { opens: false }],
	['be read once it is open', { opens: true }],
	['be opened, and all that is forbidden is called a failure', { opens: false, status: FAILURE }],
	['be read once it is open, and all that is forbidden is called a failure', { opens: true, status: FAILURE }],
])('where no file may %s, only its size is checked, and the receipt says so', async (_, options) => {
	const { server, destination } = await to({ habits: [mayNotRead(options)] });
	const report = await put(destination);
	expect(report).toMatchObject({ verifiedBy: 'size', notes: [expect.stringContaining("doesn't let this user read")] });
	expect(sha256Of(await readFile(join(server.root, 'file.csv')))).toBe(sha256);
});

/** Reads fail from this place of a file on. */
const badFrom = (start: number): Habit => {
	return (folder) => ({
		...folder,
		READ: async (handle, offset, ...rest) =>
			Number(offset) < start ? await folder.READ(handle, offset, ...rest) : { status: FAILURE },
	});
};

it('a file that the server can read only in part is not published', async () => {
	const { server, destination } = await to({ habits: [badFrom(1_000_000)] });
	const fault = { reason: 'incomplete', retryable: true, message: expect.stringContaining('could not read back') };
	await expect(put(destination)).rejects.toMatchObject(fault);
	expect(await readdir(server.root)).toEqual([]);
});

it.each([
	['samples', false],
	['all of it', true],
])('a file that a server cannot read any more, which has read others, is not published (%s)', async (_, isWhole) => {
	let isBad = false;
	const badLater: Habit = (folder) => ({
		...folder,
		READ: async (...request) => (isBad ? { status: FAILURE } : await folder.READ(...request)),
	});
	const { server, destination } = await to({ habits: [badLater] });
	await put(destination, 'good.csv');
	isBad = true;
	await expect(put(destination, 'file.csv', CONTENT, isWhole)).rejects.toMatchObject({ reason: 'incomplete' });
	expect(await readdir(server.root)).toEqual(['good.csv']);
});

/** Nothing can be read in the folder `drop`, and the server calls it a failure. */
const dropFolder = (opens: boolean): Habit => {
	return (folder) => {
		const unreadable = mayNotRead({ opens, status: FAILURE })(folder);
		const inDrop = new Set<string>();
		return {
			...folder,
			OPEN: async (path, ...rest) => {
				const isDrop = path.startsWith('drop');
				const reply = await (isDrop ? unreadable : folder).OPEN(path, ...rest);
				if ('handle' in reply && isDrop) inDrop.add(String(reply.handle));
				return reply;
			},
			READ: async (handle, ...rest) => await (inDrop.has(String(handle)) ? unreadable : folder).READ(handle, ...rest),
		};
	};
};

describe.each([
	['opened', false],
	['read once it is open', true],
])('a folder where nothing may be %s, on a server where others may', (_, opens) => {
	async function ready() {
		const { server, destination } = await to({ habits: [dropFolder(opens)] });
		await mkdir(join(server.root, 'drop'));
		const drop = async () => await put(destination, 'file.csv', CONTENT, false, 'drop');
		const good = async () =>
			expect(await put(destination, 'good.csv')).toMatchObject({ verifiedBy: 'sampled', notes: [] });
		const isWhole = async () => expect(sha256Of(await readFile(join(server.root, 'drop', 'file.csv')))).toBe(sha256);
		return { drop, good, isWhole };
	}

	it('gets its file in a second try, and from then on in the first', async () => {
		const { drop, good, isWhole } = await ready();
		await good();
		await expect(drop()).rejects.toMatchObject({ reason: 'incomplete', retryable: true });
		expect(await drop()).toMatchObject({ verifiedBy: 'size' });
		await good();
		expect(await drop()).toMatchObject({ verifiedBy: 'size' });
		await isWhole();
	});

	it('gets its file also when another one was read meanwhile', async () => {
		const { drop, good, isWhole } = await ready();
		await good();
		await expect(drop()).rejects.toMatchObject({ reason: 'incomplete', retryable: true });
		await good();
		expect(await drop()).toMatchObject({ verifiedBy: 'size' });
		await isWhole();
	});

	it('gets its file in the first try where it was the first to get one', async () => {
		const { drop, good, isWhole } = await ready();
		expect(await drop()).toMatchObject({ verifiedBy: 'size' });
		await good();
		expect(await drop()).toMatchObject({ verifiedBy: 'size' });
		await isWhole();
	});
});

it('Verify Content is refused where nothing may be read', async () => {
	const { server, destination } = await to({ habits: [mayNotRead()] });
	await expect(put(destination, 'file.csv', CONTENT, true)).rejects.toMatchObject({
		reason: 'targetRefused',
		message: expect.stringContaining('Verify Content'),
	});
	expect(await readdir(server.root)).toEqual([]);
});

it('a handle that is handed out twice ends the try, and from then on files are kept apart', async () => {
	const { server, destination } = await to({ habits: [handsOutOpenHandles()] });
	const files = Array.from({ length: 8 }, (_, index) => [`${index}.csv`, randomBytes(2_000_000)] as const);
	const round = async () =>
		await Promise.allSettled(files.map(async ([name, content]) => await put(destination, name, content)));
	const first = await round();
	for (const outcome of first) {
		if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ retryable: true });
	}
	expect((await round()).map(({ status }) => status)).toEqual(files.map(() => 'fulfilled'));
	for (const [name, content] of files) expect(content.equals(await readFile(join(server.root, name)))).toBe(true);
});

it.each([
	['refuses what a second handle writes', inOrderOnly()],
	['starts the file anew with a second handle', reopeningEmpties()],
])('a server that %s gets the whole file in a second try at the latest', async (_, habit) => {
	const { server } = await to({ habits: [habit] });
	const destination = openSftp({ ...passwordFieldsOf(server), connections: 4 });
	running.push(destination.close);
	const large = Buffer.concat([CONTENT, CONTENT, CONTENT, CONTENT]);
	await put(destination, 'file.csv', large).catch(async (fault: unknown) => {
		expect(fault).toMatchObject({ retryable: true });
		await put(destination, 'file.csv', large);
	});
	expect(large.equals(await readFile(join(server.root, 'file.csv')))).toBe(true);
});
