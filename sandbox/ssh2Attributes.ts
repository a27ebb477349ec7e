import type { Stats } from 'node:fs';
import { chmod, lstat, utimes } from 'node:fs/promises';
import type { Attributes, FileEntry } from 'ssh2';

const NONE: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

/** What the disk knows about a file, as SFTP says it: times in seconds. */
export function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes {
	return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}

export async function entryOf(path: string, name: string): Promise<FileEntry> {
	return { filename: name, longname: name, attrs: await lstat(path).then(attributesOf, () => NONE) };
}

/** Sets the permissions and the times that a client has sent; nothing else is kept. */
export async function setAttributes(path: string, sent: unknown): Promise<void> {
	const [mode, atime, mtime]: unknown[] = ['mode', 'atime', 'mtime'].map((name) => Reflect.get(Object(sent), name));
	if (typeof atime === 'number' && typeof mtime === 'number') await utimes(path, atime, mtime);
	if (typeof mode === 'number') await chmod(path, mode % 0o10000);
}
