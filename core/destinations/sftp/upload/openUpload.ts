import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { lstat, stat, pathOf, sizeUnknownError } from '../files/remoteFiles';
import { seemsToRename, whyNoRename } from '../files/renameProbe';
import { removePartFile, type StalePartFiles } from '../files/stalePartFiles';
import { targetExistsError, targetIsFolderError } from '../files/targetErrors';
import { temporaryPaths } from '../files/temporaryName';
import type { FileStat } from '../fileStat';
import { sizeByHandle } from '../handles/readBack';
import { firstHandle, type WriteHandle, type ChannelLease, leaseChannel } from '../handles/writeHandle';
import { cleanUp, cleanUpOpening, type LeftOpening, NOTHING } from './cleanUp';
import { createPartFile } from './createPartFile';
import { inheritPermissions } from './inheritPermissions';
import { openInPlaceUpload } from './openInPlaceUpload';
import { PartFile } from './partFile';
import { raceAbort } from '../../../support/abort';
import { cancelled, WritebackError } from '../../../support/errors';
import { OpenFailedWithLeftover, type Target, type Upload } from '../../destination';

/** How many handles a part file may be written by; `auto` lets the round trip decide. */
export type Connections = number | 'auto';

/** One handle carries what OpenSSH lets wait in a channel, 2 MiB a round trip. Handles are added up to this rate, about two gigabit lines. */
const CHANNEL_BYTES = 2 * 1024 * 1024;
const WANTED_BYTES_PER_MS = 250_000;
/** OpenSSH allows ten channels in a connection (MaxSessions), and one stays free. */
const MAX_HANDLES = 9;

/** Where an upload goes, and by which way. */
export interface Opening {
	readonly sessions: SessionProvider;
	readonly stalePartFiles: StalePartFiles;
	readonly target: Target;
	readonly connections: Connections;
	readonly signal: AbortSignal;
}

/** Opens a temporary file beside the target, or the target itself where that is wished for, and hands out the upload that fills it. */
export async function openUpload(opening: Opening): Promise<Upload> {
	const { sessions, target, signal } = opening;
	if (signal.aborted) throw cancelled();
	const session = await sessions.session(signal);
	if (target.temporary?.kind === 'none') return await openInPlaceUpload(opening, session);
	if (!target.replace && traitsOf(session).createOnly === undefined) await refuseTaken(session, target, signal);
	const { part, backupPath } = temporaryPaths(target);
	const learns = !target.replace && traitsOf(session).createOnly === undefined;
	const lease = await leaseChannel(sessions, session, signal);
	const askedAt = performance.now();
	const creating = createPartFile({ session, channel: lease.channel }, target, part);
	// Asked together: one round trip for all.
	const [{ existing, statMs }, created, renames] = await settled(opening, session, part, { lease, creating });
	// Learning takes several.
	const roundTripMs = learns ? statMs : performance.now() - askedAt;
	const writeHandle = firstHandle(lease, created.handle);
	const inherited = inheritPermissions(session, part, target, existing);
	const removedStale = opening.stalePartFiles.removeStale(session, target, part);
	const { createdFolders } = created;
	const { most, ownConnections } = handleLimit(opening.connections, roundTripMs);
	const opened = {
		session,
		writeHandle,
		most,
		ownConnections,
		createdFolders,
		backupPath,
		inherited,
		stalePartFiles: opening.stalePartFiles,
		removedStale,
	};
	const file = new PartFile(sessions, target, part, opened, signal);
	const checking = whyNot({ session, target, part, existing, writeHandle, renames });
	const refusal: unknown = await raceAbort(
		checking.then(async (why) => why ?? (await file.checkReadable())),
		signal,
	).catch((fault: unknown) => fault);
	if (refusal === undefined) return file;
	const leftover = await file.abort();
	throw leftover === undefined || !(refusal instanceof WritebackError)
		? refusal
		: new OpenFailedWithLeftover(refusal, leftover);
}

async function settled(
	{ sessions, stalePartFiles, target, signal }: Opening,
	session: Session,
	part: string,
	{ lease, creating }: { readonly lease: ChannelLease; readonly creating: ReturnType<typeof createPartFile> },
) {
	const askedAt = performance.now();
	const statTarget = async () => {
		const existing = await lstat(session, pathOf(target)).catch(() => undefined);
		return { existing, statMs: performance.now() - askedAt };
	};
	const renames = target.replace ? seemsToRename(session, target).catch(() => true) : Promise.resolve(true);
	return await raceAbort(Promise.all([statTarget(), creating, renames]), signal).catch(async (fault: unknown) => {
		const gone = await nothingLeft(sessions, { session, part, lease, creating }, signal);
		if (gone || !(fault instanceof WritebackError)) throw fault;
		stalePartFiles.remember(part);
		throw new OpenFailedWithLeftover(fault, part);
	});
}

/** The file may come into being after all, or be there although no answer came. */
async function nothingLeft(sessions: SessionProvider, opening: LeftOpening, signal: AbortSignal): Promise<boolean> {
	const { session, part, lease, creating } = opening;
	if (signal.aborted) {
		// At once, for a server that goes on later and answers nothing; and again, for one that does not answer in order.
		void removePartFile(session, part);
		return await cleanUpOpening(sessions, opening);
	}
	creating
		.then(async ({ handle }) => await lease.channel.close(handle))
		.catch(() => undefined)
		.finally(lease.release);
	if (!session.isLost()) return true;
	return await cleanUp(sessions, { ...NOTHING, session, part }, signal);
}

/** Ahead of all else, where learning how to take a name needs files. */
async function refuseTaken(session: Session, target: Target, signal: AbortSignal): Promise<void> {
	const existing = await raceAbort(
		lstat(session, pathOf(target)).catch(() => undefined),
		signal,
	);
	if (existing !== undefined) throw whyNotReplaced(existing, target) ?? targetExistsError(pathOf(target));
}

interface Open {
	readonly session: Session;
	readonly target: Target;
	readonly part: string;
	readonly existing: FileStat | undefined;
	readonly writeHandle: WriteHandle;
	readonly renames: boolean;
}

/** Why the target cannot be written, before anything is asked of Domo; undefined when it can. */
async function whyNot({
	session,
	target,
	part,
	existing,
	writeHandle,
	renames,
}: Open): Promise<WritebackError | undefined> {
	const taken =
		existing && whyNotReplaced(existing.kind === 'link' ? await behind(session, target, existing) : existing, target);
	if (taken !== undefined) return taken;
	if (traitsOf(session).blind) {
		const size = await sizeByHandle(writeHandle);
		if (size === undefined) return sizeUnknownError(part);
	}
	return renames ? undefined : await whyNoRename(session, target);
}

/** A link to a folder is a folder for who writes there. */
async function behind(session: Session, target: Target, link: FileStat): Promise<FileStat> {
	return (await stat(session, pathOf(target)).catch(() => undefined)) ?? link;
}

/** Why what has the target's name cannot be replaced; undefined when it can. */
function whyNotReplaced(existing: FileStat, target: Target): WritebackError | undefined {
	if (existing.kind !== 'folder') return target.replace ? undefined : targetExistsError(pathOf(target));
	return targetIsFolderError(pathOf(target));
}

function handleLimit(connections: Connections, roundTripMs: number) {
	const wanted = Math.max(1, Math.ceil((roundTripMs * WANTED_BYTES_PER_MS) / CHANNEL_BYTES));
	const ownConnections = connections !== 'auto';
	return { ownConnections, most: ownConnections ? connections : Math.min(MAX_HANDLES, wanted) };
}
