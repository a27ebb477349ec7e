import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { utils } from 'ssh2';
import { listFolder } from '../../core/destinations/sftp/files/listFolder';
import type { Session } from '../../core/destinations/sftp/connection/session';
import { openSftp } from '../../core/destinations/sftp/destination';
import { ContentMac } from '../../core/support/hashing/contentMac';
import { handsOutOpenHandles, oneAtATime, watchOpened } from '../../sandbox/habits/handles';
import { takesAtClose } from '../../sandbox/habits/uploads';
import type { Target } from '../../core/destinations/destination';
import type { Habit } from '../../sandbox/habits/habit';
import type { Folder } from '../../sandbox/ssh2Disk';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { startSsh2Server } from '../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../fields';
import { string, uint32 } from '../hostile/ssh/bytes';
import { answer, ANSWER, REQUEST, type Respond, serveRaw } from '../hostile/ssh/rawSftp';
import { targetOf } from '../target';
import { sessionTo } from '../core/destinations/sftp/sessionTo';

/** What a server does with more than one handle; a DataSet that is large enough would keep n8n's engine busy for long. */
export const SFTP_UNITS: ReadonlyArray<readonly [what: string, provoke: () => Promise<unknown>]> = [
	['an answer to another request', async () => await misanswered()],
	['a folder without end', async () => await listedForEver()],
	['a handle that is handed out twice', async () => await openedTwice()],
	['a file that a second handle finds empty', async () => await writtenBySeveral(emptyForSecond)],
	['a second handle that may not write', async () => await writtenBySeveral(spoiledBySecond())],
	['a file of several handles that may not be read', async () => await writtenBySeveral(unreadableFromSecondOn())],
	['a rename that is confirmed and not done', async () => await renamed(async () => undefined)],
	['a rename that leaves an empty file', async () => await renamed(replacedByNothing)],
	['a file in place that is taken away before it is compared', async () => await takenAtClose({ verifyContent: true })],
	[
		'a file in place that is taken away before it is measured',
		async () => await takenAtClose({}, ({ name }) => (name === 'FSTAT' ? utils.sftp.STATUS_CODE.FAILURE : undefined)),
	],
	[
		'a file in place that is taken away, and the answer to its closing lost',
		async () => await takenAtClose({}, ({ name }) => (name === 'CLOSE' ? 'replyLost' : undefined)),
	],
	['a file in place that is taken away before its time is set', async () => await takenUndated()],
	['a file that can be read only in part', async () => await writtenBySeveral(badAfterFirst)],
];

/** Confirms the rename to `to` once `instead` has happened in its place. */
async function renamed(instead: (folder: Folder, from: string, to: string) => Promise<unknown>): Promise<void> {
	const habit: Habit = (folder) => ({
		...folder,
		replace: async (from, to) => {
			await instead(folder, from, to);
			return { status: utils.sftp.STATUS_CODE.OK };
		},
	});
	const server = await startSsh2Server({ posixRename: true, habits: [habit] });
	const destination = openSftp(passwordFieldsOf(server));
	try {
		const upload = await destination.openUpload(targetOf(), new AbortController().signal);
		await upload.write(Readable.from([Buffer.from('all of it')]));
		await upload.commit();
	} finally {
		await destination.close();
		await server.close();
	}
}

/** Writes in place, and compares, a file that another program takes as soon as it is closed. */
async function takenAtClose(more: Partial<Target>, refuse?: Refuse): Promise<void> {
	const server = await startSsh2Server({ habits: [takesAtClose(), oneAtATime()], ...(refuse && { refuse }) });
	const destination = openSftp(passwordFieldsOf(server));
	try {
		const target = targetOf({ temporary: { kind: 'none' }, ...more });
		const upload = await destination.openUpload(target, new AbortController().signal);
		await upload.write(Readable.from([Buffer.from('all of it')]));
		await upload.verify(new ContentMac());
	} finally {
		await destination.close();
		await server.close();
	}
}

/** Writes in place a file that another program takes, and with it the connection, before its time is set. */
async function takenUndated(): Promise<void> {
	const takes: Habit = (folder) => ({
		...folder,
		SETSTAT: async (path, ...rest) => {
			await folder.REMOVE(path);
			return await folder.SETSTAT(path, ...rest);
		},
	});
	const refuse: Refuse = ({ name }) => (name === 'SETSTAT' ? 'replyLost' : undefined);
	const server = await startSsh2Server({ habits: [takes], refuse });
	const destination = openSftp(passwordFieldsOf(server));
	try {
		const target = targetOf({ temporary: { kind: 'none' }, attributes: { asOf: new Date(0) } });
		const upload = await destination.openUpload(target, new AbortController().signal);
		await upload.write(Readable.from([Buffer.from('all of it')]));
		await upload.commit();
	} finally {
		await destination.close();
		await server.close();
	}
}

/** Puts an empty file under the new name. */
async function replacedByNothing(folder: Folder, from: string, to: string): Promise<void> {
	const { WRITE, CREAT } = utils.sftp.OPEN_MODE;
	await folder.REMOVE(from);
	await folder.OPEN(to, WRITE | CREAT);
}

async function misanswered(): Promise<void> {
	await withRaw(
		({ id }) => answer(ANSWER.handle, id, string('a')),
		async (session) => {
			await session.request('attrs', (sftp, done) => sftp.stat('.', done));
		},
	);
}

async function listedForEver(): Promise<void> {
	const respond: Respond = ({ type, id }) =>
		type === REQUEST.readdir ? answer(ANSWER.name, id, uint32(0)) : answer(ANSWER.handle, id, string('a'));
	await withRaw(respond, async (session) => void (await listFolder(session, 'in', () => true)));
}

async function withRaw(respond: Respond, use: (session: Session) => Promise<void>): Promise<void> {
	const server = await startSsh2Server({ sftp: (channel) => serveRaw(channel, respond) });
	const session = await sessionTo(server, 10_000);
	try {
		await use(session);
	} finally {
		session.end();
		await server.close();
	}
}

async function openedTwice(): Promise<void> {
	const server = await startSsh2Server({ habits: [handsOutOpenHandles()] });
	const session = await sessionTo(server, 10_000);
	try {
		for (const name of ['a.csv', 'b.csv', 'c.csv']) await session.open((sftp, answer) => sftp.open(name, 'w', answer));
	} finally {
		session.end();
		await server.close();
	}
}

/** A second handle is another upload, of which nothing is there yet. */
const emptyForSecond: Habit = (folder) => {
	const second = new Set<string>();
	return {
		...watchOpened(folder, (handle, { startsAnew, writes }) => writes && !startsAnew && second.add(handle)),
		FSTAT: async (handle, ...rest) => {
			const reply = await folder.FSTAT(handle, ...rest);
			return 'attrs' in reply && second.has(String(handle)) ? { attrs: { ...reply.attrs, size: 0 } } : reply;
		},
	};
};

/** A write by a second handle spoils the file: the handle that made it is refused from then on, too. */
function spoiledBySecond(): Habit {
	let isSpoiled = false;
	return (folder) => {
		const second = new Set<string>();
		return {
			...watchOpened(folder, (handle, { startsAnew }) => !startsAnew && second.add(handle)),
			WRITE: async (handle, ...rest) => {
				isSpoiled ||= second.has(String(handle));
				return isSpoiled ? { status: utils.sftp.STATUS_CODE.FAILURE } : await folder.WRITE(handle, ...rest);
			},
		};
	};
}

/** Nothing may be read once a second handle writes; before, it may. */
function unreadableFromSecondOn(): Habit {
	let isSecond = false;
	return (folder) => ({
		...watchOpened(folder, (_, { startsAnew, writes }) => void (isSecond ||= writes && !startsAnew)),
		READ: async (...read) =>
			isSecond ? { status: utils.sftp.STATUS_CODE.PERMISSION_DENIED } : await folder.READ(...read),
	});
}

/** Only the beginning of a file can be read. */
const badAfterFirst: Habit = (folder) => ({
	...folder,
	READ: async (handle, offset, ...rest) =>
		Number(offset) > 1024 * 1024
			? { status: utils.sftp.STATUS_CODE.FAILURE }
			: await folder.READ(handle, offset, ...rest),
});

/** Writes are slow, so that a second lane is at work before the first one is done. */
const slowWrites: Habit = (folder) => ({
	...folder,
	WRITE: async (...write) => {
		await sleep(10);
		return await folder.WRITE(...write);
	},
});

async function writtenBySeveral(habit: Habit): Promise<void> {
	const server = await startSsh2Server({ habits: [habit, slowWrites] });
	const destination = openSftp({ ...passwordFieldsOf(server), connections: 2 });
	try {
		const upload = await destination.openUpload(targetOf({}), new AbortController().signal);
		await upload.write(Readable.from(Array.from({ length: 16 }, () => Buffer.alloc(1024 * 1024, 'x'))));
	} finally {
		await destination.close();
		await server.close();
	}
}
