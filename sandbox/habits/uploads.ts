import { dirname } from 'node:path/posix';
import { type FileEntry, utils } from 'ssh2';
import type { Folder, Reply } from '../ssh2Disk';
import { type Habit, intentOf } from './habit';
import { watchOpened } from './handles';

const { STATUS_CODE, OPEN_MODE } = utils.sftp;
const OK: Reply = { status: STATUS_CODE.OK };
const FAILURE: Reply = { status: STATUS_CODE.FAILURE };

/** A lost connection takes the files with it that were open to be written, as gateways do that give an unfinished upload up. */
export function dropsUnfinished(): Habit {
	return (folder) => {
		const unfinished = new Map<string, string>();
		return {
			...watchOpened(folder, (handle, { startsAnew }, path) => startsAnew && unfinished.set(handle, path)),
			CLOSE: async (handle, ...rest) => {
				unfinished.delete(String(handle));
				return await folder.CLOSE(handle, ...rest);
			},
			closeAll: async () => {
				await folder.closeAll();
				for (const path of unfinished.values()) await folder.REMOVE(path);
			},
		};
	};
}

/** One upload to an object store. */
interface Upload {
	readonly path: string;
	readonly written: Map<number, Buffer>;
}

/** Shows a file once it is closed, and not before; each handle is an upload of its own. What is not closed is never seen. */
export function storesAtClose(): Habit {
	return (folder) => {
		const uploads = new Map<string, Upload>();
		let opened = 0;
		return {
			...folder,
			OPEN: async (path, flags, ...rest) => {
				const { writes, startsAnew } = intentOf(flags);
				if (!writes) return await folder.OPEN(path, flags, ...rest);
				const isThere = 'attrs' in (await folder.STAT(path));
				const hasFolder = 'attrs' in (await folder.STAT(dirname(path)));
				if (!hasFolder || (!startsAnew && !isThere)) return { status: STATUS_CODE.NO_SUCH_FILE };
				if (isThere && (Number(flags) & OPEN_MODE.EXCL) !== 0) return FAILURE;
				const name = `upload-${++opened}`;
				uploads.set(name, { path, written: new Map() });
				return { handle: Buffer.from(name) };
			},
			WRITE: async (handle, offset, data) => {
				const upload = uploads.get(String(handle));
				if (upload === undefined || !Buffer.isBuffer(data)) return FAILURE;
				upload.written.set(Number(offset), Buffer.from(data));
				return OK;
			},
			FSTAT: async (handle, ...rest) => {
				const upload = uploads.get(String(handle));
				return upload === undefined ? await folder.FSTAT(handle, ...rest) : { attrs: attributesOf(upload) };
			},
			CLOSE: async (handle, ...rest) => {
				const upload = uploads.get(String(handle));
				if (upload === undefined) return await folder.CLOSE(handle, ...rest);
				uploads.delete(String(handle));
				return await store(folder, upload);
			},
		};
	};
}

function attributesOf({ written }: Upload): FileEntry['attrs'] {
	const size = Math.max(0, ...[...written].map(([at, data]) => at + data.length));
	return { mode: 0o100644, uid: 0, gid: 0, size, atime: 0, mtime: 0 };
}

async function store(folder: Folder, { path, written }: Upload): Promise<Reply> {
	const file = await folder.OPEN(path, OPEN_MODE.WRITE | OPEN_MODE.CREAT | OPEN_MODE.TRUNC);
	if (!('handle' in file)) return file;
	for (const [at, data] of written) await folder.WRITE(file.handle, at, data);
	return await folder.CLOSE(file.handle);
}

/** A drop folder: what was written is taken away when it is closed, and `taken` hears of it. */
export function takesAtClose(taken: (path: string) => void = () => undefined): Habit {
	return (folder) => {
		const written = new Map<string, string>();
		return {
			...watchOpened(folder, (handle, { writes }, path) => writes && written.set(handle, path)),
			CLOSE: async (handle, ...rest) => {
				const reply = await folder.CLOSE(handle, ...rest);
				const path = written.get(String(handle));
				if (path !== undefined) {
					taken(path);
					await folder.REMOVE(path);
				}
				return reply;
			},
		};
	};
}
