import { utils } from 'ssh2';
import type { Folder, Reply } from '../ssh2Disk';
import type { Habit } from './habit';
import { watchOpened } from './handles';

const OK: Reply = { status: utils.sftp.STATUS_CODE.OK };

/** Answers OK to each WRITE and stores all but every `every`-th, the first of which is number `every`. What is missing reads as zeros. */
export function dropsBlocks(every: number): Habit {
	let writes = 0;
	return (folder) => ({
		...folder,
		WRITE: async (handle, ...rest) => (++writes % every === 0 ? OK : await folder.WRITE(handle, ...rest)),
	});
}

/** Answers OK to each WRITE and stores every `every`-th with other content of the same size. */
export function changesBlocks(every: number): Habit {
	let writes = 0;
	return (folder) => ({
		...folder,
		WRITE: async (handle, offset, data) => {
			if (++writes % every !== 0 || !Buffer.isBuffer(data) || data.length === 0)
				return await folder.WRITE(handle, offset, data);
			const changed = Buffer.from(data);
			for (let at = 0; at < changed.length; at++) changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
			return await folder.WRITE(handle, offset, changed);
		},
	});
}

/** A block that was stored and whose place another file's may take. */
interface Swappable {
	readonly path: string;
	readonly data: Buffer;
	store(data: Buffer): Promise<Reply>;
}

/**
 * Swaps the blocks that two files have at one offset and of one length, when both are written at the same time; every `every`-th block
 * is a candidate. A file that was looked at or closed is left alone: what it holds then is what it goes on to hold.
 */
export function swapsBlocks(every = 1): Habit {
	const candidates = new Map<string, Swappable>();
	const settle = (path: string | undefined) => {
		for (const [place, candidate] of candidates) if (candidate.path === path) candidates.delete(place);
	};
	let writes = 0;
	return (folder) => {
		const paths = new Map<string, string>();
		const settling = withSettling(folder, settle, paths);
		return {
			...watchOpened(settling, (handle, _intent, path) => paths.set(handle, path)),
			WRITE: async (handle, offset, data) => {
				const path = paths.get(String(handle));
				if (path === undefined || !Buffer.isBuffer(data)) return await folder.WRITE(handle, offset, data);
				const place = `${String(offset)}+${data.length}`;
				const other = candidates.get(place);
				if (other === undefined || other.path === path) {
					const store = async (foreign: Buffer) => await folder.WRITE(handle, offset, foreign);
					if (++writes % every === 0) candidates.set(place, { path, data: Buffer.from(data), store });
					return await folder.WRITE(handle, offset, data);
				}
				candidates.delete(place);
				await other.store(data);
				return await folder.WRITE(handle, offset, other.data);
			},
		};
	};
}

function withSettling(folder: Folder, settle: (path: string | undefined) => void, paths: Map<string, string>): Folder {
	const byPath = (path: string): void => settle(path);
	const byHandle = (handle: Buffer): void => settle(paths.get(String(handle)));
	return {
		...folder,
		OPEN: async (path, ...rest) => (byPath(path), await folder.OPEN(path, ...rest)),
		STAT: async (path, ...rest) => (byPath(path), await folder.STAT(path, ...rest)),
		LSTAT: async (path, ...rest) => (byPath(path), await folder.LSTAT(path, ...rest)),
		FSTAT: async (handle, ...rest) => (byHandle(handle), await folder.FSTAT(handle, ...rest)),
		READ: async (handle, ...rest) => (byHandle(handle), await folder.READ(handle, ...rest)),
		CLOSE: async (handle, ...rest) => (byHandle(handle), await folder.CLOSE(handle, ...rest)),
		RENAME: async (from, to) => (byPath(from), await folder.RENAME(from, to)),
		replace: async (from, to) => (byPath(from), await folder.replace(from, to)),
	};
}

/** Stores all that it is sent, but for one bit in the middle of the whole file's first block: no sample is likely to see it. */
export function flipsOneBit(): Habit {
	return (folder) => ({
		...folder,
		WRITE: async (handle, offset, data) => {
			if (Number(offset) !== 0 || !Buffer.isBuffer(data) || data.length === 0)
				return await folder.WRITE(handle, offset, data);
			const changed = Buffer.from(data);
			const middle = Math.floor(changed.length / 2);
			changed.writeUInt8(changed.readUInt8(middle) ^ 1, middle);
			return await folder.WRITE(handle, offset, changed);
		},
	});
}
