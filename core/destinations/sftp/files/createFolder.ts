import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import { type FileStat, parentOf } from '../fileStat';
import { isRefusal, isStatus, refused, STATUS, statusOf } from '../statusErrors';
import { stat } from './remoteFiles';
import { sanitize } from '../../../support/errors';
import { backoff } from '../../../support/retry';

/** How often a folder that is missing is made that the server doesn't want to make. */
const TRIES = 3;

/** Other writebacks that came to nothing may remove the folder which they had just made, and which this one met: one after the other. */
const RACES = 8;
const [FIRST_WAIT_MS, MOST_WAIT_MS] = [20, 200];

/** Makes a folder and those above it that are missing; resolves to the ones it made, the deepest last. Rejects with what was refused, leaving none. */
export async function createFolder(session: Session, folder: string, tries = 1): Promise<string[]> {
	if (folder === '' || folder === '/' || isFolder(await look(session, folder))) return [];
	// Some servers make those above by themselves, whatever they said about them.
	let above: unknown;
	const created = await createFolder(session, parentOf(folder)).catch((fault: unknown) => {
		above = fault;
		return [];
	});
	try {
		await session.call((sftp, answer) => sftp.mkdir(folder, answer));
		return [...created, folder];
	} catch (fault) {
		// Another writeback may have made it a moment ago.
		const found = session.isLost() ? undefined : await look(session, folder);
		if (isFolder(found) || (found === 'unseen' && saysExists(fault))) return created;
		const isMissing = found === undefined && !session.isLost();
		const most = saysExists(fault) && isMissing ? RACES : TRIES;
		if (tries < most && above === undefined && !session.isLost() && !isRefusal(fault))
			return [...created, ...(await createAgain(session, folder, tries, created))];
		await removeFolders(session, created);
		throw above ?? refused(fault, `create the folder ${sanitize(folder)}`, 'MKDIR');
	}
}

async function createAgain(
	session: Session,
	folder: string,
	tries: number,
	created: readonly string[],
): Promise<string[]> {
	try {
		await sleep(backoff(tries, FIRST_WAIT_MS, MOST_WAIT_MS));
		return await createFolder(session, folder, tries + 1);
	} catch (fault) {
		await removeFolders(session, created);
		throw fault;
	}
}

/** What is there; `unseen` where the server says nothing about it, and is asked to make it. Rejects when the connection is lost. */
async function look(session: Session, folder: string): Promise<FileStat | 'unseen' | undefined> {
	return await stat(session, folder).catch((fault: unknown) => {
		if (!isStatus(session, fault)) throw fault;
		return 'unseen' as const;
	});
}

function isFolder(found: FileStat | 'unseen' | undefined): boolean {
	return found !== undefined && found !== 'unseen' && found.kind !== 'file';
}

function saysExists(fault: unknown): boolean {
	return statusOf(fault) === STATUS.fileExists;
}

/** Removes folders that were made for an upload which came to nothing; one that something else uses by now stays. */
export async function removeFolders(session: Session, folders: readonly string[]): Promise<void> {
	for (const folder of folders.toReversed()) {
		await session.call((sftp, answer) => sftp.rmdir(folder, answer)).catch(() => undefined);
	}
}
