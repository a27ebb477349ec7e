import { setTimeout as sleep } from 'node:timers/promises';
import { utils } from 'ssh2';
import { BY_HANDLE, BY_PATH, type Folder, type Reply } from '../ssh2Disk';
import { FLAG_TRUNC, type Habit, intentOf } from './habit';

const FAILURE: Reply = { status: utils.sftp.STATUS_CODE.FAILURE };
const DENIED: Reply = { status: utils.sftp.STATUS_CODE.PERMISSION_DENIED };
const GONE: Reply = { status: utils.sftp.STATUS_CODE.NO_SUCH_FILE, message: 'chtimes: no such file or directory' };

/** Does one request after the other, as most servers do; the last habit of a list. */
export function oneAtATime(): Habit {
	return (folder) => {
		let last: Promise<unknown> = Promise.resolve();
		const inTurn = <A extends readonly unknown[]>(work: (...args: A) => Promise<Reply>) => {
			return async (...args: A): Promise<Reply> => {
				const reply = last.then(async () => await work(...args));
				last = reply.catch(() => undefined);
				return await reply;
			};
		};
		return {
			...folder,
			...Object.fromEntries(BY_PATH.map((name) => [name, inTurn(folder[name])])),
			...Object.fromEntries(BY_HANDLE.map((name) => [name, inTurn(folder[name])])),
			RENAME: inTurn(folder.RENAME),
			replace: inTurn(folder.replace),
			link: inTurn(folder.link),
		};
	};
}

/** Takes what the handle that created the file writes, in order; other writes are refused with FAILURE. Object stores and gateways do so. */
export function inOrderOnly(): Habit {
	return (folder) => {
		const next = new Map<string, number>();
		return {
			...watchOpened(folder, (handle, { startsAnew }) => startsAnew && next.set(handle, 0)),
			WRITE: async (handle, offset, data) => {
				const at = next.get(String(handle));
				if (at === undefined || at !== offset || !Buffer.isBuffer(data)) return FAILURE;
				next.set(String(handle), at + data.length);
				return await folder.WRITE(handle, offset, data);
			},
		};
	};
}

/** Opens a file again and then refuses its writes, as a server that holds files in the memory of a Go program does. */
export function refusesReopenedWrites(): Habit {
	return (folder) => {
		const reopened = new Set<string>();
		return {
			...watchOpened(folder, (handle, { startsAnew, writes }) => writes && !startsAnew && reopened.add(handle)),
			WRITE: async (handle, ...rest) =>
				reopened.has(String(handle)) ? { ...FAILURE, message: 'unexpected EOF' } : await folder.WRITE(handle, ...rest),
		};
	};
}

/** Lets no file that is there be opened for writing, as ProFTPD does by itself (AllowOverwrite). */
export function opensNothingTwice(): Habit {
	return (folder) => ({
		...folder,
		OPEN: async (path, flags, ...rest) => {
			const { writes, isExclusive } = intentOf(flags);
			const isThere = writes && !isExclusive && 'attrs' in (await folder.STAT(path));
			return isThere ? DENIED : await folder.OPEN(path, flags, ...rest);
		},
	});
}

/** A second open for writing is another upload, which starts empty: what was written before becomes zeros or is gone. */
export function reopeningEmpties(): Habit {
	return (folder) => ({
		...folder,
		OPEN: async (path, flags, ...rest) =>
			await folder.OPEN(path, intentOf(flags).writes ? Number(flags) | FLAG_TRUNC : flags, ...rest),
	});
}

/** A second open for writing, in any channel, ends the upload of the first handle before it is answered itself, as rclone does without its cache. */
export function reopeningEndsTheFirst(answersAfterMs = 100): Habit {
	const uploads = new Map<string, number>();
	return (folder) => {
		const mine = new Map<string, { readonly path: string; readonly upload: number }>();
		return {
			...folder,
			OPEN: async (path, flags, ...rest) => {
				const { writes, startsAnew } = intentOf(flags);
				if (!writes) return await folder.OPEN(path, flags, ...rest);
				const upload = (uploads.get(path) ?? 0) + 1;
				uploads.set(path, upload);
				if (!startsAnew) await sleep(answersAfterMs);
				const reply = await folder.OPEN(path, startsAnew ? flags : Number(flags) | FLAG_TRUNC, ...rest);
				if ('handle' in reply) mine.set(String(reply.handle), { path, upload });
				return reply;
			},
			WRITE: async (handle, ...rest) => {
				const { path, upload } = mine.get(String(handle)) ?? { path: '', upload: 0 };
				if (uploads.get(path) !== upload) return { ...FAILURE, message: 'corrupted on transfer' };
				return await folder.WRITE(handle, ...rest);
			},
		};
	};
}

/** A second open for writing takes the file away from under both handles: writes are taken, and closing tells that the file is gone, as rclone at times does. */
export function reopeningLosesTheFile(): Habit {
	const lost = new Set<string>();
	return (folder) => {
		const paths = new Map<string, string>();
		return {
			...folder,
			OPEN: async (path, flags, ...rest) => {
				const { writes, startsAnew } = intentOf(flags);
				if (startsAnew) lost.delete(path);
				const reply = await folder.OPEN(path, flags, ...rest);
				if ('handle' in reply) paths.set(String(reply.handle), path);
				if (!writes || startsAnew || !('handle' in reply)) return reply;
				lost.add(path);
				await folder.REMOVE(path);
				return reply;
			},
			CLOSE: async (handle, ...rest) => {
				const reply = await folder.CLOSE(handle, ...rest);
				return lost.has(paths.get(String(handle)) ?? '') ? GONE : reply;
			},
		};
	};
}

/**
 * Hands out a handle that is still open once two are open in a channel, as Erlang/OTP's ssh_sftpd does: from then on the
 * handle means the file that was opened last, and the one before it again after a CLOSE.
 */
export function handsOutOpenHandles(): Habit {
	return (folder) => {
		/** The last one first, as Erlang keeps them. */
		const open: Array<{ readonly number: number; readonly handle: Buffer }> = [];
		const take = (reply: Reply): Reply => {
			if (!('handle' in reply)) return reply;
			const number = open.reduce((free, { number: used }) => (used <= free ? used + 1 : free), 0);
			open.unshift({ number, handle: reply.handle });
			return { handle: Buffer.from(String(number)) };
		};
		const indexOf = (handle: Buffer) => open.findIndex(({ number }) => String(number) === String(handle));
		const on = (handle: Buffer) => open[indexOf(handle)]?.handle ?? handle;
		return {
			...folder,
			OPEN: async (path, ...rest) => take(await folder.OPEN(path, ...rest)),
			OPENDIR: async (path, ...rest) => take(await folder.OPENDIR(path, ...rest)),
			READ: async (handle, ...rest) => await folder.READ(on(handle), ...rest),
			WRITE: async (handle, ...rest) => await folder.WRITE(on(handle), ...rest),
			FSTAT: async (handle, ...rest) => await folder.FSTAT(on(handle), ...rest),
			FSETSTAT: async (handle, ...rest) => await folder.FSETSTAT(on(handle), ...rest),
			READDIR: async (handle, ...rest) => await folder.READDIR(on(handle), ...rest),
			CLOSE: async (handle, ...rest) => {
				const [closed] = open.splice(Math.max(0, indexOf(handle)), indexOf(handle) < 0 ? 0 : 1);
				return await folder.CLOSE(closed?.handle ?? handle, ...rest);
			},
		};
	};
}

type Opened = (handle: string, intent: ReturnType<typeof intentOf>, path: string) => unknown;

/** Calls `opened` with each handle that is handed out for a file. */
export function watchOpened(folder: Folder, opened: Opened): Folder {
	return {
		...folder,
		OPEN: async (path, flags, ...rest) => {
			const reply = await folder.OPEN(path, flags, ...rest);
			if ('handle' in reply) opened(String(reply.handle), intentOf(flags), path);
			return reply;
		},
	};
}
