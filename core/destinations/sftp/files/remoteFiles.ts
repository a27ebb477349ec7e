import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SftpChannel } from '../connection/sftpChannel';
import { type FileStat, parentOf } from '../fileStat';
import { isRefusal, isStatus } from '../statusErrors';
import { statBy, statSupportOf, type StatMethod } from './statMethods';
import { sanitize, WritebackError } from '../../../support/errors';
import { field } from '../../../support/field';
import type { Name } from '../../destination';

/** Where a target stands on the server. */
export function pathOf({ folder, fileName }: Name, name = fileName): string {
	if (folder === '') return name;
	return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** What is at `path`, links followed where the server can; undefined when nothing is. Rejects with the server's status when the server doesn't show it. */
export async function stat(session: Session, path: string): Promise<FileStat | undefined> {
	return await firstAnswer(session, path, ['STAT', 'LSTAT', 'listing']);
}

/** The same for the name itself: a link is a link. */
export async function lstat(session: Session, path: string): Promise<FileStat | undefined> {
	return await firstAnswer(session, path, ['LSTAT', 'STAT', 'listing']);
}

/** The way that answers; a server may refuse some, or have no status of its own for what is missing. */
async function firstAnswer(
	session: Session,
	path: string,
	methods: readonly StatMethod[],
): Promise<FileStat | undefined> {
	const traits = traitsOf(session);
	const refuses = traits.statSupport === undefined ? undefined : (await statSupportOf(session)).refuses;
	const open = methods.filter((method) => method === 'listing' || refuses?.has(method) !== true);
	let refusal: unknown;
	for (const method of open) {
		try {
			return await statBy(session, method, path);
		} catch (fault) {
			if (!isStatus(session, fault)) throw fault;
			refusal ??= fault;
		}
	}
	if (await isBelowNothing(session, path)) return undefined;
	const { refuses: all } = await statSupportOf(session);
	if (all.size === 2 && isRefusal(refusal)) traits.blind = true;
	throw refusal;
}

/** Nothing can be in a folder that is not there. */
async function isBelowNothing(session: Session, path: string): Promise<boolean> {
	const folder = parentOf(path);
	if (folder === '' || folder === '/') return false;
	return (await stat(session, folder).catch(() => 'unseen')) === undefined;
}

/** How many bytes a file holds; undefined when the server says it in no way. Rejects with the server's status. */
export async function measure(session: Session, path: string): Promise<number | 'missing' | undefined> {
	const found = await stat(session, path);
	if (found === undefined) return 'missing';
	if (found.size !== undefined) return found.size;
	for (const method of ['LSTAT', 'listing'] as const) {
		const stats = await statBy(session, method, path).catch(() => undefined);
		if (stats?.size !== undefined) return stats.size;
	}
	return undefined;
}

/** The server says in no way how large a file is. */
export function sizeUnknownError(path: string): WritebackError {
	return new WritebackError('targetRefused', `The SFTP server does not say how large ${sanitize(path)} is`, {
		hint: 'Without a size the file cannot be verified. Ask its administrator to allow one of the SFTP requests STAT, LSTAT, FSTAT or OPENDIR for this user.',
	});
}

/** Whether the server says that the disk below `path` has no room; false where it cannot tell: some file systems have no numbers, and say 0 for each. */
export async function isFull({ request }: Pick<SftpChannel, 'request'>, path: string): Promise<boolean> {
	const stats = await request('extended', (sftp, answer) => sftp.ext_openssh_statvfs(path, answer)).catch(
		() => undefined,
	);
	return Number(field(stats, 'f_blocks')) > 0 && Number(field(stats, 'f_bavail')) === 0;
}
