import { randomBytes } from 'node:crypto';
import { cancelled, WritebackError } from '../../errors';
import type { Target, Upload } from '../destination';
import { look, makeFolder, pathOf } from './folders';
import { sharedLane } from './lane';
import type { Orphans } from './orphans';
import { PartFile } from './partFile';
import type { Reach } from './reach';
import type { Session } from './session';
import { refused, STATUS, statusOf } from './status';

/** How many lanes a part file may be written by; `auto` lets the round trip decide. */
export type Connections = number | 'auto';

/** One lane carries what OpenSSH lets wait in a channel, 2 MiB a round trip. Lanes are added up to this rate, about two gigabit lines. */
const CHANNEL_BYTES = 2 * 1024 * 1024;
const WANTED_BYTES_PER_MS = 250_000;
const MOST_LANES = 8;

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
	const askedAt = performance.now();
	// Asked together: one round trip for both.
	const [there, opened] = await Promise.all([
		look(session, pathOf(target)).catch(() => undefined),
		create(session, target, part).catch((fault: unknown) => {
			throw refused(fault, `create a file in ${target.folder || 'the login folder'}`);
		}),
	]);
	const roundTripMs = performance.now() - askedAt;
	const lane = sharedLane(session, opened.handle);
	const ownConnections = connections !== 'auto';
	const most = ownConnections ? connections : lanesFor(roundTripMs);
	const swept = orphans.sweep(session, target, part);
	const { made } = opened;
	const file = new PartFile(reach, target, part, { session, lane, most, ownConnections, made, orphans, swept }, signal);
	if (there?.isDirectory()) {
		await file.abort();
		throw new WritebackError('targetRefused', `On the SFTP server ${pathOf(target)} is a folder`, {
			hint: 'Choose another Filename or Path.',
		});
	}
	return file;
}

function lanesFor(roundTripMs: number): number {
	return Math.min(MOST_LANES, Math.max(1, Math.ceil((roundTripMs * WANTED_BYTES_PER_MS) / CHANNEL_BYTES)));
}

async function create(session: Session, { folder, createFolders }: Target, part: string) {
	const open = async () => await session.ask<Buffer>((sftp, answer) => sftp.open(part, 'wx', answer));
	try {
		return { handle: await open(), made: [] };
	} catch (fault) {
		if (statusOf(fault) !== STATUS.noSuchFile || !createFolders) throw fault;
		const made = await makeFolder(session, folder);
		return { handle: await open(), made };
	}
}
