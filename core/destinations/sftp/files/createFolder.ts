import type { Session } from '../connection/session';
import { parentOf } from '../fileStat';
import { isRefusal, refused } from '../statusErrors';
import { stat } from './remoteFiles';
import { sanitize } from '../../../support/errors';

/** Another writeback that came to nothing may remove the folder which it had just made, and which this one met. */
const TRIES = 3;

/** Makes a folder and those above it that are missing; resolves to the ones it made, the deepest last. Rejects with what was refused, leaving none. */
export async function createFolder(session: Session, folder: string, tries = TRIES): Promise<string[]> {
	if (folder === '' || folder === '/' || (await isThere(session, folder))) return [];
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
		if (!session.isLost() && (await isThere(session, folder))) return created;
		if (tries > 1 && above === undefined && !session.isLost() && !isRefusal(fault))
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
		return await createFolder(session, folder, tries - 1);
	} catch (fault) {
		await removeFolders(session, created);
		throw fault;
	}
}

/** A server that says nothing about it is asked to make it. */
async function isThere(session: Session, folder: string): Promise<boolean> {
	const found = await stat(session, folder).catch(() => undefined);
	return found !== undefined && found.kind !== 'file';
}

/** Removes folders that were made for an upload which came to nothing; one that something else uses by now stays. */
export async function removeFolders(session: Session, folders: readonly string[]): Promise<void> {
	for (const folder of folders.toReversed()) {
		await session.call((sftp, answer) => sftp.rmdir(folder, answer)).catch(() => undefined);
	}
}
