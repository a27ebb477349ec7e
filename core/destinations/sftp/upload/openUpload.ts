import { traitsOf } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { Reach } from '../connection/sessionProvider';
import { lookAtName, look, pathOf, unmeasured } from '../files/remoteFiles';
import { seemsToRename, whyNoRename } from '../files/renameProbe';
import type { Orphans } from '../files/stalePartFiles';
import { alreadyThere, isFolder } from '../files/targetErrors';
import { temporaryPaths } from '../files/temporaryName';
import type { Found } from '../fileStat';
import { sizeByHandle } from '../handles/readBack';
import { firstLane, type Lane, type Way, wayFor } from '../handles/writeHandle';
import { cleanUp, cleanUpOpening } from './cleanUp';
import { createPart } from './createPartFile';
import { inherit } from './inheritPermissions';
import { openInPlace } from './openInPlaceUpload';
import { PartFile } from './partFile';
import { unlessStopped } from '../../../support/abort';
import { cancelled, WritebackError } from '../../../support/errors';
import { HalfOpened, type Target, type Upload } from '../../destination';

/** How many lanes a part file may be written by; `auto` lets the round trip decide. */
export type Connections = number | 'auto';

/** One lane carries what OpenSSH lets wait in a channel, 2 MiB a round trip. Lanes are added up to this rate, about two gigabit lines. */
const CHANNEL_BYTES = 2 * 1024 * 1024;
const WANTED_BYTES_PER_MS = 250_000;
const MOST_LANES = 8;

/** Where an upload goes, and by which way. */
export interface Opening {
	readonly reach: Reach;
	readonly orphans: Orphans;
	readonly target: Target;
	readonly connections: Connections;
	readonly signal: AbortSignal;
}

/** Opens a temporary file beside the target, or the target itself where that is wished for, and hands out the upload that fills it. */
export async function openUpload(opening: Opening): Promise<Upload> {
	const { reach, target, signal } = opening;
	if (signal.aborted) throw cancelled();
	const session = await reach.session(signal);
	if (target.temporary?.kind === 'none') return await openInPlace(opening, session);
	if (!target.replace && traitsOf(session).createOnly === undefined) await refuseTaken(session, target, signal);
	const { part, aside } = temporaryPaths(target);
	const learns = !target.replace && traitsOf(session).createOnly === undefined;
	const way = await wayFor(reach, session, signal);
	const askedAt = performance.now();
	const creating = createPart({ session, channel: way.channel }, target, part);
	// Asked together: one round trip for all.
	const [{ there, lookMs }, created, renames] = await settled(opening, session, part, { way, creating });
	// Learning takes several.
	const roundTripMs = learns ? lookMs : performance.now() - askedAt;
	const lane = firstLane(way, created.handle);
	const inherited = inherit(session, part, target, there);
	const swept = opening.orphans.sweep(session, target, part);
	const { made } = created;
	const { most, ownConnections } = lanesFor(opening.connections, roundTripMs);
	const opened = { session, lane, most, ownConnections, made, aside, inherited, orphans: opening.orphans, swept };
	const file = new PartFile(reach, target, part, opened, signal);
	const asking = whyNot({ session, target, part, there, lane, renames });
	const refusal: unknown = await unlessStopped(
		asking.then(async (why) => why ?? (await file.checkReadable())),
		signal,
	).catch((fault: unknown) => fault);
	if (refusal === undefined) return file;
	const left = await file.abort();
	throw left === undefined || !(refusal instanceof WritebackError) ? refusal : new HalfOpened(refusal, left);
}

async function settled(
	{ reach, orphans, target, signal }: Opening,
	session: Session,
	part: string,
	{ way, creating }: { readonly way: Way; readonly creating: ReturnType<typeof createPart> },
) {
	const askedAt = performance.now();
	const looked = async () => {
		const there = await lookAtName(session, pathOf(target)).catch(() => undefined);
		return { there, lookMs: performance.now() - askedAt };
	};
	const renames = target.replace ? seemsToRename(session, target).catch(() => true) : Promise.resolve(true);
	return await unlessStopped(Promise.all([looked(), creating, renames]), signal).catch(async (fault: unknown) => {
		creating
			.then(async ({ handle }) => await way.channel.close(handle))
			.catch(() => undefined)
			.finally(way.release);
		// The file may come into being after all, or be there although no answer came.
		const gone = signal.aborted
			? await cleanUpOpening(reach, { session, part }, creating)
			: !session.isLost() || (await cleanUp(reach, { session, part, lanes: [], made: [], swapped: undefined }, signal));
		if (gone || !(fault instanceof WritebackError)) throw fault;
		orphans.leave(part);
		throw new HalfOpened(fault, part);
	});
}

/** Ahead of all else, where learning how to take a name needs files. */
async function refuseTaken(session: Session, target: Target, signal: AbortSignal): Promise<void> {
	const there = await unlessStopped(
		lookAtName(session, pathOf(target)).catch(() => undefined),
		signal,
	);
	if (there !== undefined) throw whyNotReplaced(there, target) ?? alreadyThere(pathOf(target));
}

interface Open {
	readonly session: Session;
	readonly target: Target;
	readonly part: string;
	readonly there: Found | undefined;
	readonly lane: Lane;
	readonly renames: boolean;
}

/** Why the target cannot be written, before anything is asked of Domo; undefined when it can. */
async function whyNot({ session, target, part, there, lane, renames }: Open): Promise<WritebackError | undefined> {
	const taken = there && whyNotReplaced(there.kind === 'link' ? await behind(session, target, there) : there, target);
	if (taken !== undefined) return taken;
	if (traitsOf(session).blind) {
		const size = await sizeByHandle(lane);
		if (size === undefined) return unmeasured(part);
	}
	return renames ? undefined : await whyNoRename(session, target);
}

/** A link to a folder is a folder for who writes there. */
async function behind(session: Session, target: Target, link: Found): Promise<Found> {
	return (await look(session, pathOf(target)).catch(() => undefined)) ?? link;
}

/** Why what has the target's name cannot be replaced; undefined when it can. */
function whyNotReplaced(there: Found, target: Target): WritebackError | undefined {
	if (there.kind !== 'folder') return target.replace ? undefined : alreadyThere(pathOf(target));
	return isFolder(pathOf(target));
}

function lanesFor(connections: Connections, roundTripMs: number) {
	const wanted = Math.max(1, Math.ceil((roundTripMs * WANTED_BYTES_PER_MS) / CHANNEL_BYTES));
	const ownConnections = connections !== 'auto';
	return { ownConnections, most: ownConnections ? connections : Math.min(MOST_LANES, wanted) };
}
