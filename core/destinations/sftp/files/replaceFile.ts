import type { Session } from '../connection/session';
import type { FileStat } from '../fileStat';
import { isRefusal, isStatus, saysMissing, statusOf } from '../statusErrors';
import { lstat } from './remoteFiles';
import { sanitize, WritebackError } from '../../../support/errors';
import { retry } from '../../../support/retry';

/** How often other writers of the same target may get in the way of a swap. */
const MOST_TRIES = 10;

const REPLACED_NON_ATOMICALLY =
	"The server can't replace a file in one step, so the target was briefly missing during a rename.";

/** What a part file says about itself, put on right before a rename and taken off again when that was refused. Neither is waited for. */
export interface AttributeSetter {
	apply(): void;
	/** Never rejects. */
	revert(): Promise<void>;
}

const NO_ATTRIBUTES: AttributeSetter = { apply: () => undefined, revert: async () => undefined };

/**
 * Puts `part` under the name `target`, replacing a file that is there. One atomic step where the server has
 * posix-rename@openssh.com. Elsewhere a plain rename, which fails if the target exists; the old file then steps aside
 * for the length of one rename and comes back if that rename fails. `onRename` is called right after each request is sent that may give
 * `part` its name. Resolves to a sentence about that, if it was so. Rejects with the server's status; no file is lost.
 */
export async function replaceFile(
	session: Session,
	part: string,
	target: string,
	backupPath: string,
	setter: AttributeSetter = NO_ATTRIBUTES,
	onRename?: () => void,
): Promise<readonly string[]> {
	const notes: string[] = [];
	setter.apply();
	if (await posixRename(session, part, target, onRename)) return [];
	return await retryWhenChanged(async (tries) => {
		try {
			await rename(session, part, target, onRename);
			return notes;
		} catch (fault) {
			const [old] = await Promise.all([statOrUnseen(session, target), setter.revert()]);
			if (tries === MOST_TRIES || (old !== 'unseen' && old?.kind === 'folder')) throw fault;
			if (old === undefined) {
				// Another program may have removed the old file just now; a rename that is refused is refused again.
				if (isRefusal(fault) && tries > 1) throw fault;
				setter.apply();
				throw new TargetChanged();
			}
			const isReplaced = await replaceViaBackup(session, part, target, backupPath, setter, onRename);
			notes.push(...(await removeBackup(session, backupPath)));
			if (!isReplaced) throw new TargetChanged();
			return [REPLACED_NON_ATOMICALLY, ...notes];
		}
	});
}

/** Another writer has moved or replaced the target in between. */
class TargetChanged extends Error {}

async function retryWhenChanged<T>(work: (tries: number) => Promise<T>): Promise<T> {
	return await retry(work, async (fault) => {
		if (!(fault instanceof TargetChanged)) throw fault;
	});
}

/** A server may show nothing; the way aside then tells what is there. */
async function statOrUnseen(session: Session, path: string): Promise<FileStat | 'unseen' | undefined> {
	return await lstat(session, path).catch((fault: unknown) => {
		if (session.isLost()) throw fault;
		return 'unseen' as const;
	});
}

/** Brings an old file back that a swap which never ended has left aside; when the target is there, it isn't needed any more. */
export async function recoverBackup(session: Session, backupPath: string, target: string): Promise<void> {
	if ((await lstat(session, target)) === undefined) await rename(session, backupPath, target);
	else await removeBackup(session, backupPath);
}

/** Removes what stepped aside, if it is there. Resolves to a sentence when the server refuses; rejects when the connection is lost. */
export async function removeBackup(session: Session, backupPath: string): Promise<readonly string[]> {
	try {
		await session.delete(backupPath);
	} catch (fault) {
		// The next publishing comes back for it.
		if (session.isLost()) throw fault;
		if (!(await isGone(session, fault, backupPath)))
			return [`The server refused to remove the old file, which was moved to ${sanitize(backupPath)}.`];
	}
	return [];
}

/** False when another writer moved or replaced the target in between. */
async function replaceViaBackup(
	session: Session,
	part: string,
	target: string,
	backupPath: string,
	setter: AttributeSetter,
	onRename?: () => void,
): Promise<boolean> {
	try {
		await rename(session, target, backupPath);
	} catch (fault) {
		if (await isGone(session, fault, target)) return false;
		throw fault;
	}
	setter.apply();
	try {
		await rename(session, part, target, onRename);
		return true;
	} catch (fault) {
		setter.revert();
		if (await restoreBackup(session, backupPath, target)) throw fault;
		return false;
	}
}

/** False when the target is no longer missing: another writer has put its file there. */
async function restoreBackup(session: Session, backupPath: string, target: string): Promise<boolean> {
	return await retryWhenChanged(async (tries) => {
		try {
			await rename(session, backupPath, target);
			return true;
		} catch (fault) {
			if (session.isLost()) throw fault;
			if (await lstat(session, target)) return false;
			// The name may have been taken and left again by another swap.
			throw tries < MOST_TRIES ? new TargetChanged() : targetMissing(target, backupPath, fault);
		}
	});
}

function targetMissing(target: string, backupPath: string, cause: unknown): WritebackError {
	const what = `${target} is missing on the SFTP server: its old content is in ${backupPath}`;
	return new WritebackError('targetRefused', what, {
		hint: `The server moved it there, and then refused both the new file and moving the old one back. Rename it to ${target}, and ask the server's administrator for permission to rename.`,
		cause,
	});
}

/** Replaces what is there, in one step. Rejects with the server's status. */
export async function renameReplacing(session: Session, from: string, to: string): Promise<void> {
	if (!(await posixRename(session, from, to))) await rename(session, from, to);
}

/** False when the server has no such request, or does not let this user use it. */
async function posixRename(session: Session, from: string, to: string, onSent?: () => void): Promise<boolean> {
	try {
		await session.posixRename(from, to, onSent);
		return true;
	} catch (fault) {
		// ssh2 throws an error without a status for a request the server never offered.
		const offered = session.isLost() || (statusOf(fault) !== undefined && !isRefusal(fault));
		if (offered) throw fault;
		return false;
	}
}

/** Whether a request came too late: what it was about is not there. Not every server has a status of its own for that. */
export async function isGone(session: Session, fault: unknown, path: string): Promise<boolean> {
	if (!isStatus(session, fault)) return false;
	return saysMissing(fault) || (await lstat(session, path).catch(() => 'unseen')) === undefined;
}

/** Rejects with the server's status; when `to` exists, on most servers. */
export async function rename(session: Session, from: string, to: string, onSent?: () => void): Promise<void> {
	await session.rename(from, to, onSent);
}
