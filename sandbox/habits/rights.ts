import { utils } from 'ssh2';
import type { Reply } from '../ssh2Disk';
import type { Refuse } from '../ssh2Requests';
import { type Habit, intentOf } from './habit';

const { STATUS_CODE } = utils.sftp;

/** Refuses these requests, as `sftp-server -P` does. To be used as `refuse`. */
export function denies(names: readonly string[], status: number = STATUS_CODE.PERMISSION_DENIED): Refuse {
	return ({ name }) => (names.includes(name) ? status : undefined);
}

/** Upload folders whose content users may not see. */
export const noStat: Refuse = denies(['STAT']);

/** A server that has no way to rename: the target can only be written in place. */
export const noRename: Refuse = denies(
	['RENAME', 'POSIX-RENAME', 'RENAME-TRIED', 'POSIX-RENAME-TRIED'],
	STATUS_CODE.OP_UNSUPPORTED,
);

/** The user may write and not read: OPEN for reading is refused, for reading and writing too; `opens` lets both pass and refuses READ. */
export function mayNotRead({
	opens = false,
	status = STATUS_CODE.PERMISSION_DENIED,
}: { readonly opens?: boolean; readonly status?: number } = {}): Habit {
	const denied = { status };
	return (folder) =>
		opens
			? { ...folder, READ: async () => denied }
			: {
					...folder,
					OPEN: async (path, flags, ...rest) =>
						intentOf(flags).reads ? denied : await folder.OPEN(path, flags, ...rest),
				};
}

/** Answers OK to what sets permissions and times, and keeps its own. */
export function ignoresAttributes(): Habit {
	const done = { status: STATUS_CODE.OK };
	return (folder) => ({
		...folder,
		OPEN: async (path, flags) => await folder.OPEN(path, flags),
		SETSTAT: async () => done,
		FSETSTAT: async () => done,
	});
}

/** Says by another status that something is not there: 4 (FAILURE) as Win32-OpenSSH does, 10 (NO_SUCH_PATH). */
export function missingIs(status: number): Habit {
	const said = <A extends unknown[]>(ask: (...args: A) => Promise<Reply>) => {
		return async (...args: A): Promise<Reply> => {
			const reply = await ask(...args);
			return 'status' in reply && reply.status === STATUS_CODE.NO_SUCH_FILE ? { status } : reply;
		};
	};
	return (folder) => {
		const { OPEN, OPENDIR, LSTAT, STAT, REMOVE, RMDIR, MKDIR, SETSTAT, RENAME, replace } = folder;
		return {
			...folder,
			OPEN: said(OPEN),
			OPENDIR: said(OPENDIR),
			LSTAT: said(LSTAT),
			STAT: said(STAT),
			REMOVE: said(REMOVE),
			RMDIR: said(RMDIR),
			MKDIR: said(MKDIR),
			SETSTAT: said(SETSTAT),
			RENAME: said(RENAME),
			replace: said(replace),
		};
	};
}
