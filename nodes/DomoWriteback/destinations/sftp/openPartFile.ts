import { randomBytes } from 'node:crypto';
import type { Stats } from 'ssh2';
import { cancelled, WritebackError } from '../../errors';
import { unlessStopped } from '../../waiting';
import { HalfOpened, type Target, type Upload } from '../destination';
import type { Channel } from './channel';
import { cleanUp, cleanUpOpening } from './cleanUp';
import { look, makeFolder, pathOf, removeFolders } from './folders';
import { exclusiveChannel, firstLane } from './lane';
import type { Orphans } from './orphans';
import { PartFile } from './partFile';
import { alreadyThere } from './publish';
import type { Reach } from './reach';
import type { Session } from './session';
import { refused, STATUS, statusOf } from './status';

/** How many lanes a part file may be written by; `auto` lets the round trip decide. */
export type Connections = number | 'auto';

/** One lane carries what OpenSSH lets wait in a channel, 2 MiB a round trip. Lanes are added up to this rate, about two gigabit lines. */
const CHANNEL_BYTES = 2 * 1024 * 1024;
const WANTED_BYTES_PER_MS = 250_000;
const MOST_LANES = 8;

/** Read and write, for the owner. */
const OWNER = 0o600;

/** Opens a hidden part file beside the target and hands out the upload that fills it. */
export async function openPartFile(
	reach: Reach,
	orphans: Orphans,
	target: Target,
	connections: Connections,
	signal: AbortSignal,
): Promise<Upload> {
	if (signal.aborted) throw cancelled();
	const session = await reach.session(signal);
	const part = pathOf(target, `.${target.fileName}.${randomBytes(6).toString('hex')}.part`);
	const way = reach.traits.exclusiveChannels
		? await exclusiveChannel(reach, session, signal)
		: { channel: session, isLost: session.isLost, release: () => undefined };
	const askedAt = performance.now();
	// Asked together: one round trip for both.
	const opening = create(session, way.channel, target, part).catch((fault: unknown) => {
		throw refused(fault, `create a file in ${target.folder || 'the login folder'}`);
	});
	const asked = Promise.all([look(session, pathOf(target)).catch(() => undefined), opening]);
	const [there, opened] = await unlessStopped(asked, signal).catch(async (fault: unknown) => {
		opening
			.then(async ({ handle }) => await way.channel.close(handle))
			.catch(() => undefined)
			.finally(way.release);
		// The file may come into being after all, or be there although no answer came.
		const gone = signal.aborted
			? await cleanUpOpening(reach, { session, part }, opening)
			: !session.isLost() || (await cleanUp(reach, { session, part, lanes: [], made: [], swapped: undefined }, signal));
		if (gone || !(fault instanceof WritebackError)) throw fault;
		orphans.leave(part);
		throw new HalfOpened(fault, part);
	});
	const roundTripMs = performance.now() - askedAt;
	const lane = firstLane(way.channel, opened.handle, way.isLost, way.release);
	const ownConnections = connections !== 'auto';
	const most = ownConnections ? connections : lanesFor(roundTripMs);
	const swept = orphans.sweep(session, target, part);
	const { made } = opened;
	const file = new PartFile(reach, target, part, { session, lane, most, ownConnections, made, orphans, swept }, signal);
	const taken = there === undefined ? undefined : whyNot(there, target);
	const refusal = taken ?? (await refusalOf(file.checkReadable()));
	if (refusal === undefined) return file;
	const left = await file.abort();
	throw left === undefined ? refusal : new HalfOpened(refusal, left);
}

async function refusalOf(check: Promise<void>): Promise<WritebackError | undefined> {
	return await check.then(
		() => undefined,
		(fault: unknown) => {
			if (fault instanceof WritebackError) return fault;
			throw fault;
		},
	);
}

/** Why what has the target's name cannot be replaced; undefined when it can. */
function whyNot(there: Stats, target: Target): WritebackError | undefined {
	if (!there.isDirectory()) return target.replace ? undefined : alreadyThere(pathOf(target));
	return new WritebackError('targetRefused', `On the SFTP server ${pathOf(target)} is a folder`, {
		hint: 'Choose another Filename, e.g. sales.csv, or another Path.',
	});
}

function lanesFor(roundTripMs: number): number {
	return Math.min(MOST_LANES, Math.max(1, Math.ceil((roundTripMs * WANTED_BYTES_PER_MS) / CHANNEL_BYTES)));
}

async function create(session: Session, channel: Channel, { folder, createFolders, attributes }: Target, part: string) {
	const { permissions } = attributes;
	const open = async () =>
		await channel.open((sftp, answer) => {
			if (permissions === undefined) return sftp.open(part, 'wx', answer);
			// Nobody sees more of it meanwhile than later; its owner has to write it.
			return sftp.open(part, 'wx', { mode: permissions | OWNER }, answer);
		});
	try {
		return { handle: await open(), made: [] };
	} catch (fault) {
		if (statusOf(fault) !== STATUS.noSuchFile || !createFolders) throw fault;
		const made = await makeFolder(session, folder);
		try {
			return { handle: await open(), made };
		} catch (refusal) {
			await removeFolders(session, made);
			throw refusal;
		}
	}
}
