import type { Attributes, Stats } from 'ssh2';

/** What a server says about something that is there; what it leaves out is undefined, and never taken for 0. */
export interface FileStat {
	/** In bytes. */
	readonly size: number | undefined;
	/** In seconds since 1970. */
	readonly mtime: number | undefined;
	readonly atime: number | undefined;
	/** Permission bits, without the kind of file. */
	readonly permissions: number | undefined;
	readonly uid: number | undefined;
	readonly gid: number | undefined;
	readonly kind: 'folder' | 'link' | 'file' | undefined;
}

const KINDS: ReadonlyMap<number, FileStat['kind']> = new Map([
	[0o04, 'folder'],
	[0o12, 'link'],
]);

/** ssh2's types promise every attribute; what a server leaves out is undefined all the same. */
export function toFileStat(attributes: Stats | Attributes): FileStat {
	const { size, mtime, atime, mode, uid, gid }: Partial<Attributes> = attributes;
	const type = mode === undefined ? 0 : Math.floor(mode / 0o10000) % 0o20;
	const kind = type === 0 ? undefined : (KINDS.get(type) ?? 'file');
	return { size, mtime, atime, permissions: mode === undefined ? undefined : mode % 0o1000, uid, gid, kind };
}

/** The folder that holds a path; empty for the login folder. */
export function parentOf(path: string): string {
	const end = path.lastIndexOf('/');
	return end === 0 ? '/' : path.slice(0, Math.max(0, end));
}

export function nameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
