import { field } from '../../field';
import type { FileEntry, Stats } from 'ssh2';
import type { Name } from '../destination';
import { STATUS, statusOf } from './status';
import type { Session } from './session';

/** Where a target stands on the server. */
export function pathOf({ folder, fileName }: Name, name = fileName): string {
	if (folder === '') return name;
	return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** What stands at `path`, links followed; undefined when nothing does. */
export async function look(session: Session, path: string): Promise<Stats | undefined> {
	return await session
		.ask<Stats>((sftp, answer) => sftp.stat(path, answer))
		.catch((fault: unknown) => {
			if (statusOf(fault) === STATUS.noSuchFile) return undefined;
			throw fault;
		});
}

/** The size of the file at `path`; undefined when the server does not say. Rejects when the connection is lost. */
export async function sizeOf(channel: Pick<Session, 'ask'>, path: string): Promise<number | undefined> {
	const ask = async (how: 'stat' | 'lstat') =>
		await channel
			.ask<Partial<Stats>>((sftp, answer) => sftp[how](path, answer))
			.catch((fault: unknown) => {
				if (statusOf(fault) === undefined) throw fault;
				return undefined;
			});
	return (await ask('stat'))?.size ?? (await ask('lstat'))?.size;
}

/** What is in a folder. Rejects with the server's status. */
export async function listFolder(session: Session, folder: string): Promise<readonly FileEntry[]> {
	// Not ssh2's own listing of a path: its handle would be one that the channel does not know of.
	const handle = await session.open((sftp, answer) => sftp.opendir(folder, answer));
	const entries: FileEntry[] = [];
	try {
		for (;;) entries.push(...(await session.ask<FileEntry[]>((sftp, answer) => sftp.readdir(handle, answer))));
	} catch (fault) {
		if (statusOf(fault) === STATUS.endOfFile) return entries;
		throw fault;
	} finally {
		session.close(handle).catch(() => undefined);
	}
}

/** Makes a folder and those above it that are missing; resolves to the ones it made, the deepest last. Rejects with the server's status. */
export async function makeFolder(session: Session, folder: string): Promise<string[]> {
	if (folder === '' || folder === '/' || (await look(session, folder))?.isDirectory()) return [];
	const made = await makeFolder(session, folder.slice(0, Math.max(0, folder.lastIndexOf('/'))));
	try {
		await session.tell((sftp, answer) => sftp.mkdir(folder, answer));
		return [...made, folder];
	} catch (fault) {
		// Another writeback may have made it a moment ago.
		if (!(await look(session, folder).catch(() => undefined))?.isDirectory()) throw fault;
		return made;
	}
}

/** Removes folders that were made for an upload which came to nothing; one that something else uses by now stays. */
export async function removeFolders(session: Session, made: readonly string[]): Promise<void> {
	for (const folder of made.toReversed()) {
		await session.tell((sftp, answer) => sftp.rmdir(folder, answer)).catch(() => undefined);
	}
}

/** Whether the server says that the disk below `path` has no room; false where it cannot tell. */
export async function isFull(session: Session, path: string): Promise<boolean> {
	const stats = await session
		.ask<unknown>((sftp, answer) => sftp.ext_openssh_statvfs(path, answer))
		.catch(() => undefined);
	return Number(field(stats, 'f_bavail')) === 0;
}
