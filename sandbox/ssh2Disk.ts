import { constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Attributes, type FileEntry, utils } from 'ssh2';
import { attributesOf, entryOf, setAttributes } from './ssh2Attributes';

/** What one SFTP request is answered with. */
export type Reply =
	| { readonly status: number; readonly message?: string }
	| { readonly handle: Buffer }
	| { readonly data: Buffer }
	| { readonly attrs: Attributes }
	| { readonly names: readonly FileEntry[] };

type ByPath = (path: string, ...rest: unknown[]) => Promise<Reply>;
type ByHandle = (handle: Buffer, ...rest: unknown[]) => Promise<Reply>;

export const BY_PATH = ['OPEN', 'OPENDIR', 'LSTAT', 'STAT', 'REMOVE', 'RMDIR', 'REALPATH', 'MKDIR', 'SETSTAT'] as const;
export const BY_HANDLE = ['READ', 'WRITE', 'FSTAT', 'FSETSTAT', 'CLOSE', 'READDIR'] as const;

/** The requests of SFTP version 3 by the names ssh2 gives them; each resolves to a reply, whatever the disk says. */
export interface Folder extends Record<(typeof BY_PATH)[number], ByPath>, Record<(typeof BY_HANDLE)[number], ByHandle> {
	/** Fails when `to` exists, as OpenSSH does, unless the folder was opened otherwise. */
	RENAME(from: string, to: string): Promise<Reply>;
	/** Replaces `to`. */
	replace(from: string, to: string): Promise<Reply>;
	/** Another name for the same file; fails when `to` exists. */
	link(from: string, to: string): Promise<Reply>;
	/** What a lost connection leaves to the server. */
	closeAll(): Promise<void>;
}

const { STATUS_CODE, OPEN_MODE } = utils.sftp;
const OK: Reply = { status: STATUS_CODE.OK };
const END: Reply = { status: STATUS_CODE.EOF };

/** A folder on disk as an SFTP client sees it: its own root, and its login folder. `renameReplaces` as on servers that leave RENAME to the disk. */
export function openFolder(root: string, renameReplaces = false): Folder {
	const on = (path: string) => join(root, posix.resolve('/', path));
	const files = new Map<string, FileHandle>();
	const listings = new Map<string, FileEntry[]>();
	let opened = 0;
	let isOver = false;
	const keep = <T>(shelf: Map<string, T>, value: T): Reply => {
		const name = String(++opened);
		shelf.set(name, value);
		return { handle: Buffer.from(name) };
	};
	const file = (handle: Buffer): FileHandle => {
		const found = files.get(String(handle));
		if (found === undefined) throw new Error('No such handle');
		return found;
	};
	return {
		OPEN: replying(async (path, flags, attributes) => {
			const mode: unknown = Reflect.get(Object(attributes), 'mode');
			const handle = await open(on(path), openFlags(Number(flags)), typeof mode === 'number' ? mode : 0o666);
			if (!isOver) return keep(files, handle);
			await handle.close();
			throw new Error('The connection was lost meanwhile');
		}),
		READ: replying(async (handle: Buffer, offset, length) => {
			const data = Buffer.alloc(Number(length));
			const { bytesRead } = await file(handle).read(data, 0, data.length, Number(offset));
			return bytesRead === 0 ? END : { data: data.subarray(0, bytesRead) };
		}),
		WRITE: replying(async (handle: Buffer, offset, data) => {
			if (!Buffer.isBuffer(data)) throw new Error('No data');
			await file(handle).write(data, 0, data.length, Number(offset));
			return OK;
		}),
		FSTAT: replying(async (handle: Buffer) => ({ attrs: attributesOf(await file(handle).stat()) })),
		CLOSE: replying(async (handle: Buffer) => {
			if (!listings.delete(String(handle))) await file(handle).close();
			files.delete(String(handle));
			return OK;
		}),
		OPENDIR: replying(async (path) => {
			const entries = (await readdir(on(path))).map(async (name) => await entryOf(join(on(path), name), name));
			return keep(listings, await Promise.all(entries));
		}),
		READDIR: replying(async (handle: Buffer) => {
			const names = listings.get(String(handle))?.splice(0) ?? [];
			return names.length === 0 ? END : { names };
		}),
		STAT: replying(async (path) => ({ attrs: attributesOf(await stat(on(path))) })),
		LSTAT: replying(async (path) => ({ attrs: attributesOf(await lstat(on(path))) })),
		REALPATH: replying(async (path) => ({ names: [await entryOf(on(path), posix.resolve('/', path))] })),
		MKDIR: done(async (path) => await mkdir(on(path))),
		REMOVE: done(async (path) => await unlink(on(path))),
		RMDIR: done(async (path) => await rmdir(on(path))),
		SETSTAT: done(async (path, attributes) => await setAttributes(on(path), attributes)),
		// No test asks for it.
		FSETSTAT: done(async (handle: Buffer) => file(handle)),
		RENAME: done(async (from: string, to: string) => {
			if (renameReplaces || (await lstat(on(from))).isDirectory()) return await rename(on(from), on(to));
			await link(on(from), on(to));
			await unlink(on(from)).catch(async (fault: unknown) => {
				await unlink(on(to));
				throw fault;
			});
		}),
		replace: done(async (from: string, to: string) => await rename(on(from), on(to))),
		link: done(async (from: string, to: string) => await link(on(from), on(to))),
		closeAll: async () => {
			isOver = true;
			const open = [...files.values()];
			files.clear();
			for (const left of open) await left.close().catch(() => undefined);
		},
	};
}

/** Turns what the disk refuses into a status. */
function replying<A extends unknown[]>(work: (...args: A) => Promise<Reply>): (...args: A) => Promise<Reply> {
	return async (...args) => await work(...args).catch((fault: unknown) => ({ status: statusOf(fault) }));
}

function done<A extends unknown[]>(work: (...args: A) => Promise<unknown>): (...args: A) => Promise<Reply> {
	return replying(async (...args: A) => {
		await work(...args);
		return OK;
	});
}

function statusOf(fault: unknown): number {
	switch (Reflect.get(Object(fault), 'code')) {
		case 'ENOENT':
			return STATUS_CODE.NO_SUCH_FILE;
		case 'EACCES':
		case 'EPERM':
			return STATUS_CODE.PERMISSION_DENIED;
		default:
			return STATUS_CODE.FAILURE;
	}
}

const FLAGS = [
	[OPEN_MODE.APPEND, constants.O_APPEND],
	[OPEN_MODE.CREAT, constants.O_CREAT],
	[OPEN_MODE.TRUNC, constants.O_TRUNC],
	[OPEN_MODE.EXCL, constants.O_EXCL],
] as const;

function openFlags(asked: number): number {
	const [reads, writes] = [(asked & OPEN_MODE.READ) !== 0, (asked & OPEN_MODE.WRITE) !== 0];
	const access = writes ? (reads ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
	return FLAGS.reduce((flags, [mode, flag]) => ((asked & mode) === 0 ? flags : flags | flag), access);
}
