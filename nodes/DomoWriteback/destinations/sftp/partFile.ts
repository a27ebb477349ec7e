import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Stats } from 'ssh2';
import { cancelled, WritebackError } from '../../errors';
import type { Target, Upload } from '../destination';
import { look, makeFolder } from './folders';
import { writePipelined } from './pipelinedWriter';
import { replace } from './replace';
import type { Session } from './session';
import { full, refused, STATUS, statusOf } from './status';

/** The way to the server: the live session, or a new one when the last was lost. */
export type Reach = (signal: AbortSignal) => Promise<Session>;

/** How long clean-up after a lost connection may try to reach the server again. */
const CLEAN_UP_MS = 15_000;

/** Where a target stands on the server. */
export function pathOf({ folder, fileName }: Target, name = fileName): string {
	if (folder === '') return name;
	return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** Opens a hidden part file beside the target and hands out the upload that fills it. */
export async function openPartFile(reach: Reach, target: Target, signal: AbortSignal): Promise<Upload> {
	if (signal.aborted) throw cancelled();
	const run = randomBytes(6).toString('hex');
	const path = pathOf(target);
	const part = pathOf(target, `.${target.fileName}.${run}.part`);
	const session = await reach(signal);
	const handle = await open(session, target, part).catch((fault: unknown) => {
		throw refused(fault, `create a file in ${target.folder || 'the login folder'}`);
	});
	if ((await look(session, path).catch(() => undefined))?.isDirectory()) {
		await drop(session, part, handle);
		throw new WritebackError('targetRefused', `On the SFTP server ${path} is a folder`, {
			hint: 'Choose another Filename or Path.',
		});
	}
	let published = false;
	let stored = false;
	return {
		write: async (body) => {
			const bytes = await store(session, handle, part, body, signal);
			stored = true;
			return bytes;
		},
		commit: async () => {
			await replace(session, part, path, pathOf(target, `.${target.fileName}.${run}.old`)).catch((fault: unknown) => {
				throw session.isLost() ? lostInCommit(path) : refused(fault, `rename the finished file to ${path}`);
			});
			published = true;
		},
		abort: async () => {
			if (published) return;
			if (!session.isLost()) return await drop(session, part, stored ? undefined : handle);
			const again = await reach(AbortSignal.timeout(CLEAN_UP_MS)).catch(() => undefined);
			if (again !== undefined) await drop(again, part);
		},
	};
}

async function open(session: Session, { folder, createFolders }: Target, part: string): Promise<Buffer> {
	const create = async () => await session.ask<Buffer>((sftp, answer) => sftp.open(part, 'wx', answer));
	return await create().catch(async (fault: unknown) => {
		if (statusOf(fault) !== STATUS.noSuchFile || !createFolders) throw fault;
		await makeFolder(session, folder);
		return await create();
	});
}

async function store(
	session: Session,
	handle: Buffer,
	part: string,
	body: Readable,
	signal: AbortSignal,
): Promise<number> {
	try {
		await writePipelined(body, session, handle, signal);
		const { size } = await session.ask<Stats>((sftp, answer) => sftp.fstat(handle, answer));
		await session.tell((sftp, answer) => sftp.close(handle, answer));
		return size;
	} catch (fault) {
		if (statusOf(fault) === STATUS.failure && (await isFull(session, part))) throw full('store the file');
		throw refused(fault, 'store the file');
	}
}

/** Whether the server says that its disk has no room; false where it cannot tell. */
async function isFull(session: Session, path: string): Promise<boolean> {
	const stats = await session
		.ask<unknown>((sftp, answer) => sftp.ext_openssh_statvfs(path, answer))
		.catch(() => undefined);
	return typeof stats === 'object' && stats !== null && Number(Reflect.get(stats, 'f_bavail')) === 0;
}

/** Removes a part file, its handle closed first where it is still open: some servers keep open files. */
async function drop(session: Session, part: string, handle?: Buffer): Promise<void> {
	if (handle !== undefined) session.tell((sftp, answer) => sftp.close(handle, answer)).catch(() => undefined);
	await session.tell((sftp, answer) => sftp.unlink(part, answer)).catch(() => undefined);
}

function lostInCommit(path: string): WritebackError {
	return new WritebackError('destinationInterrupted', `The connection was lost while ${path} was being published`, {
		hint: 'The target may already hold the new file, complete; look there, or run it again.',
	});
}
