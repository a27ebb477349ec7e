import type { Session } from '../connection/session';
import { parentOf } from '../fileStat';
import { refused } from '../statusErrors';
import { look } from './remoteFiles';
import { shown } from '../../../support/errors';

/** Makes a folder and those above it that are missing; resolves to the ones it made, the deepest last. Rejects with what was refused, leaving none. */
export async function makeFolder(session: Session, folder: string): Promise<string[]> {
	if (folder === '' || folder === '/' || (await isThere(session, folder))) return [];
	// Some servers make those above by themselves, whatever they said about them.
	let above: unknown;
	const made = await makeFolder(session, parentOf(folder)).catch((fault: unknown) => {
		above = fault;
		return [];
	});
	try {
		await session.tell((sftp, answer) => sftp.mkdir(folder, answer));
		return [...made, folder];
	} catch (fault) {
		// Another writeback may have made it a moment ago.
		if (!session.isLost() && (await isThere(session, folder))) return made;
		await removeFolders(session, made);
		throw above ?? refused(fault, `create the folder ${shown(folder)}`, 'MKDIR');
	}
}

/** A server that says nothing about it is asked to make it. */
async function isThere(session: Session, folder: string): Promise<boolean> {
	const found = await look(session, folder).catch(() => undefined);
	return found !== undefined && found.kind !== 'file';
}

/** Removes folders that were made for an upload which came to nothing; one that something else uses by now stays. */
export async function removeFolders(session: Session, made: readonly string[]): Promise<void> {
	for (const folder of made.toReversed()) {
		await session.tell((sftp, answer) => sftp.rmdir(folder, answer)).catch(() => undefined);
	}
}
