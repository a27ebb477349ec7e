import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { Reach } from '../connection/sessionProvider';
import { removeFolders } from '../files/createFolder';
import { dropTrials } from '../files/renameProbe';
import { restore } from '../files/replaceFile';
import { remove } from '../files/stalePartFiles';
import type { Lane } from '../handles/writeHandle';
import { unlessStopped } from '../../../support/abort';

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
	readonly lanes: readonly Lane[];
	/** Folders that were made for it. */
	readonly made: readonly string[];
	/** Where the target's old content may stand, once publication had begun. */
	readonly swapped: { readonly aside: string; readonly path: string } | undefined;
}

/** Removes it; false when the part file may still be there. Never rejects. */
export async function cleanUp(reach: Reach, leftover: Leftover, signal: AbortSignal): Promise<boolean> {
	const within = AbortSignal.timeout(signal.aborted ? STOPPED_MS : CLEAN_UP_MS);
	const gone = drop(reach, leftover, within);
	try {
		return signal.aborted ? await unlessStopped(gone, within).catch(() => false) : await gone;
	} finally {
		// A silent server would keep connections open that are of no use any more.
		for (const lane of leftover.lanes) lane.release();
	}
}

/**
 * Removes a part file whose upload was stopped before the server said that it is there, and the folders made for it; `opening` settles
 * when the server says so. False when it may be there. Never rejects.
 */
export async function cleanUpOpening(
	reach: Reach,
	{ session, part }: Pick<Leftover, 'session' | 'part'>,
	opening: Promise<Pick<Leftover, 'made'>>,
): Promise<boolean> {
	const within = AbortSignal.timeout(STOPPED_MS);
	// At once, for a server that goes on later and answers nobody; and again, for one that does not answer in order.
	void remove(session, part);
	const made = await unlessStopped(opening, within).then(
		(opened) => opened.made,
		() => [],
	);
	const gone = drop(reach, { session, part, lanes: [], made, swapped: undefined }, within);
	return await unlessStopped(gone, within).catch(() => false);
}

async function drop(reach: Reach, leftover: Leftover, within: AbortSignal): Promise<boolean> {
	const closed = Promise.allSettled(leftover.lanes.map(async (lane) => await lane.close()));
	// A connection may turn out to be lost only now, and the next one, too.
	let session: Session | undefined = leftover.session;
	for (let losses = 0; session !== undefined && losses < MOST_LOSSES; losses++) {
		if (!session.isLost() && (await dropBy(session, leftover, closed))) return true;
		if (!session.isLost()) return false;
		session = await reach.sessionAgain(within).catch(() => undefined);
	}
	return false;
}

async function dropBy(
	session: Session,
	{ part, lanes, made, swapped }: Leftover,
	closed: Promise<unknown>,
): Promise<boolean> {
	if (swapped !== undefined) await restore(session, swapped.aside, swapped.path).catch(() => undefined);
	let gone = await remove(session, part);
	if (lanes.length > 0) {
		await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
		// A server that answers out of order, or makes the file only when it is closed, had nothing to remove before.
		gone = await remove(session, part);
	}
	await dropTrials(session);
	await removeFolders(session, made);
	return gone;
}
