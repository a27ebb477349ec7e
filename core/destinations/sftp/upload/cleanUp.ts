import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { removeFolders } from '../files/createFolder';
import { dropTrials } from '../files/renameProbe';
import { recoverBackup } from '../files/replaceFile';
import { removePartFile } from '../files/stalePartFiles';
import type { WriteHandle } from '../handles/writeHandle';
import { raceAbort } from '../../../support/abort';

/** How long clean-up after a lost connection may try to reach the server again. */
const CLEAN_UP_MS = 15_000;

/** How long a server may take to clean up after an execution that the user has stopped: a silent one would keep it waiting. */
const STOPPED_MS = 5_000;

/** How many connections one after the other may be lost over it. */
const MOST_LOSSES = 4;

/** How long a server may take to close a file that is removed. */
const CLOSE_MS = 1_000;

/** What an upload that came to nothing has on the server. */
export interface Leftover {
	readonly session: Session;
	readonly part: string;
	/** What still has the file open. */
	readonly writeHandles: readonly WriteHandle[];
	/** Folders that were made for it. */
	readonly createdFolders: readonly string[];
	/** Where the target's old content may stand, once publication had begun. */
	readonly swapped: { readonly aside: string; readonly path: string } | undefined;
}

/** Removes it; false when the part file may still be there. Never rejects. */
export async function cleanUp(sessions: SessionProvider, leftover: Leftover, signal: AbortSignal): Promise<boolean> {
	const within = AbortSignal.timeout(signal.aborted ? STOPPED_MS : CLEAN_UP_MS);
	const gone = drop(sessions, leftover, within);
	try {
		return signal.aborted ? await raceAbort(gone, within).catch(() => false) : await gone;
	} finally {
		// A silent server would keep connections open that are of no use any more.
		for (const writeHandle of leftover.writeHandles) writeHandle.release();
	}
}

/**
 * Removes a part file whose upload was stopped before the server said that it is there, and the folders made for it; `opening` settles
 * when the server says so. False when it may be there. Never rejects.
 */
export async function cleanUpOpening(
	sessions: SessionProvider,
	{ session, part }: Pick<Leftover, 'session' | 'part'>,
	opening: Promise<Pick<Leftover, 'createdFolders'>>,
): Promise<boolean> {
	const within = AbortSignal.timeout(STOPPED_MS);
	// At once, for a server that goes on later and answers nothing; and again, for one that does not answer in order.
	void removePartFile(session, part);
	const createdFolders = await raceAbort(opening, within).then(
		(opened) => opened.createdFolders,
		() => [],
	);
	const gone = drop(sessions, { session, part, writeHandles: [], createdFolders, swapped: undefined }, within);
	return await raceAbort(gone, within).catch(() => false);
}

async function drop(sessions: SessionProvider, leftover: Leftover, within: AbortSignal): Promise<boolean> {
	const closed = Promise.allSettled(leftover.writeHandles.map(async (writeHandle) => await writeHandle.close()));
	// A connection may turn out to be lost only now, and the next one, too.
	let session: Session | undefined = leftover.session;
	for (let losses = 0; session !== undefined && losses < MOST_LOSSES; losses++) {
		if (!session.isLost() && (await dropBy(session, leftover, closed))) return true;
		if (!session.isLost()) return false;
		session = await sessions.reconnect(within).catch(() => undefined);
	}
	return false;
}

async function dropBy(
	session: Session,
	{ part, writeHandles, createdFolders, swapped }: Leftover,
	closed: Promise<unknown>,
): Promise<boolean> {
	if (swapped !== undefined) await recoverBackup(session, swapped.aside, swapped.path).catch(() => undefined);
	let gone = await removePartFile(session, part);
	if (writeHandles.length > 0) {
		await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
		// A server that answers out of order, or makes the file only when it is closed, had nothing to remove before.
		gone = await removePartFile(session, part);
	}
	await dropTrials(session);
	await removeFolders(session, createdFolders);
	return gone;
}
