import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { removeFolders } from '../files/createFolder';
import { dropTrials } from '../files/renameProbe';
import { recoverBackup } from '../files/replaceFile';
import { removePartFile } from '../files/stalePartFiles';
import { type ChannelLease, firstHandle, type WriteHandle } from '../handles/writeHandle';
import type { Created } from './createPartFile';
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

/** Of an upload whose file is not open yet. */
export const NOTHING = { writeHandles: [], createdFolders: [], swapped: undefined } satisfies Partial<Leftover>;

/** Removes it; false when the part file may still be there. Never rejects. */
export async function cleanUp(sessions: SessionProvider, leftover: Leftover, signal: AbortSignal): Promise<boolean> {
	const within = AbortSignal.timeout(signal.aborted ? STOPPED_MS : CLEAN_UP_MS);
	const gone = signal.aborted ? dropWithin(sessions, leftover, within) : drop(sessions, leftover, within);
	try {
		return await gone;
	} finally {
		// A silent server would keep connections open that are of no use any more.
		for (const writeHandle of leftover.writeHandles) writeHandle.release();
	}
}

/** Closes what has a file open that stays as it is. Never rejects. */
export async function closeHandles(writeHandles: readonly WriteHandle[]): Promise<void> {
	await inTime(closed(writeHandles));
	for (const writeHandle of writeHandles) writeHandle.release();
}

/** An upload that was stopped before the server said that its file is there. */
export interface LeftOpening extends Pick<Leftover, 'session' | 'part'> {
	/** Settles when the server says so. */
	readonly creating: Promise<Created>;
	/** Where it is opened. */
	readonly lease: ChannelLease;
}

/** Removes its file, which has a name of its own, and the folders made for it. False when the file may be there. Never rejects. */
export async function cleanUpOpening(sessions: SessionProvider, opening: LeftOpening): Promise<boolean> {
	const { session, part } = opening;
	const within = AbortSignal.timeout(STOPPED_MS);
	// At once, for a server that goes on later and answers nothing; and again, for one that does not answer in order.
	void removePartFile(session, part);
	const gone = await cleanUpCreated(sessions, opening, within);
	return gone ?? (await dropWithin(sessions, { ...NOTHING, session, part }, within));
}

/** The same where others may have the name: removes only what the server says that it made; undefined when it said nothing in time. */
export async function cleanUpCreated(
	sessions: SessionProvider,
	{ session, part, creating, lease }: LeftOpening,
	within = AbortSignal.timeout(STOPPED_MS),
): Promise<boolean | undefined> {
	try {
		const created = await raceAbort(creating, within).catch(() => undefined);
		if (created === undefined) return undefined;
		const { handle, createdFolders } = created;
		const writeHandles = [firstHandle(lease, handle)];
		return await dropWithin(sessions, { ...NOTHING, session, part, writeHandles, createdFolders }, within);
	} finally {
		lease.release();
	}
}

async function dropWithin(sessions: SessionProvider, leftover: Leftover, within: AbortSignal): Promise<boolean> {
	return await raceAbort(drop(sessions, leftover, within), within).catch(() => false);
}

async function drop(sessions: SessionProvider, leftover: Leftover, within: AbortSignal): Promise<boolean> {
	// A connection may turn out to be lost only now, and the next one, too.
	let session: Session | undefined = leftover.session;
	for (let losses = 0; session !== undefined && losses < MOST_LOSSES; losses++) {
		if (!session.isLost() && (await dropBy(session, leftover))) return true;
		if (!session.isLost()) return false;
		session = await sessions.reconnect(within).catch(() => undefined);
	}
	return false;
}

async function dropBy(session: Session, { part, writeHandles, createdFolders, swapped }: Leftover): Promise<boolean> {
	if (swapped !== undefined) await recoverBackup(session, swapped.aside, swapped.path).catch(() => undefined);
	const removing = removePartFile(session, part);
	// Behind the removal: what is closed first may be taken as it is.
	const closing = closed(writeHandles);
	let gone = await removing;
	if (writeHandles.length > 0) {
		await inTime(closing);
		// A server that answers out of order, or makes the file only when it is closed, had nothing to remove before.
		gone = await removePartFile(session, part);
	}
	await dropTrials(session);
	await removeFolders(session, createdFolders);
	return gone;
}

async function closed(writeHandles: readonly WriteHandle[]): Promise<void> {
	await Promise.allSettled(writeHandles.map(async (writeHandle) => await writeHandle.close()));
}

async function inTime(closing: Promise<void>): Promise<void> {
	await Promise.race([closing, sleep(CLOSE_MS, undefined, { ref: false })]);
}
