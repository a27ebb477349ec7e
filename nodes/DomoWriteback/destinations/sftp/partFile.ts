import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { cancelled, WritebackError } from '../../errors';
import type { Target, Upload } from '../destination';
import { look, makeFolder, removeFolders } from './folders';
import { channelLane, connectionLane, type Lane, reopen, sharedLane } from './lane';
import { type Lanes, writePipelined } from './pipelinedWriter';
import type { Reach } from './reach';
import { replace } from './replace';
import type { Session } from './session';
import { full, refused, STATUS, statusOf } from './status';

/** How many lanes a part file may be written by; `auto` lets the round trip decide. */
export type Connections = number | 'auto';

/** How long clean-up after a lost connection may try to reach the server again. */
const CLEAN_UP_MS = 15_000;

/** Attempts of a publication whose connection is lost again and again. */
const COMMIT_TRIES = 4;

/** One lane carries what OpenSSH lets wait in a channel, 2 MiB a round trip. Lanes are added up to this rate, about two gigabit lines. */
const CHANNEL_BYTES = 2 * 1024 * 1024;
const WANTED_BYTES_PER_MS = 250_000;
const MOST_LANES = 8;

/** Where a target stands on the server. */
export function pathOf({ folder, fileName }: Target, name = fileName): string {
	if (folder === '') return name;
	return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** Opens a hidden part file beside the target and hands out the upload that fills it. */
export async function openPartFile(
	reach: Reach,
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
	const most = connections === 'auto' ? lanesFor(roundTripMs) : connections;
	const file = new PartFile(
		reach,
		target,
		part,
		{ session, lane, most, made: opened.made },
		connections !== 'auto',
		signal,
	);
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

interface Opened {
	readonly session: Session;
	readonly lane: Lane;
	readonly most: number;
	/** Folders that were made for it. */
	readonly made: readonly string[];
}

class PartFile implements Upload {
	private bytes = 0;
	/** What still has the file open. */
	private lanes: readonly Lane[];
	private published = false;

	constructor(
		private readonly reach: Reach,
		private readonly target: Target,
		private readonly part: string,
		private readonly opened: Opened,
		private readonly ownConnections: boolean,
		private readonly signal: AbortSignal,
	) {
		this.lanes = [opened.lane];
	}

	async write(body: Readable): Promise<number> {
		try {
			const { bytes, open } = await writePipelined(body, this.ways(), this.signal);
			this.bytes = bytes;
			this.lanes = open;
			return await this.held();
		} catch (fault) {
			if (statusOf(fault) === STATUS.failure && (await this.isFull())) throw full('store the file');
			throw refused(fault, 'store the file');
		}
	}

	async commit(): Promise<void> {
		const path = pathOf(this.target);
		const aside = `${this.part.slice(0, -'.part'.length)}.old`;
		for (let tries = 1; ; tries++) {
			const session = await this.reach.sessionAgain(this.signal);
			try {
				if (tries === 1 || !(await this.wasPublished(session, path))) await replace(session, this.part, path, aside);
				this.published = true;
				// A swap that was interrupted has left the old file aside.
				if (tries > 1) await session.tell((sftp, answer) => sftp.unlink(aside, answer)).catch(() => undefined);
				return;
			} catch (fault) {
				if (!session.isLost()) throw refused(fault, `rename the finished file to ${path}`);
				if (tries === COMMIT_TRIES) throw lostInCommit(path);
			}
		}
	}

	async abort(): Promise<void> {
		if (this.published) return;
		const { session: first, made } = this.opened;
		const clean = AbortSignal.timeout(CLEAN_UP_MS);
		const session = first.isLost() ? await this.reach.session(clean).catch(() => undefined) : first;
		for (const lane of this.lanes) lane.end().catch(() => undefined);
		if (session === undefined) return;
		await session.tell((sftp, answer) => sftp.unlink(this.part, answer)).catch(() => undefined);
		await removeFolders(session, made);
	}

	private ways(): Lanes {
		const { lane: first, most } = this.opened;
		const known = (lane: Lane): Lane => {
			this.lanes = [...this.lanes, lane];
			return lane;
		};
		return {
			first,
			most,
			widen: async (signal) =>
				known(
					this.ownConnections
						? await connectionLane(await this.reach.own(signal), this.part)
						: await channelLane(await this.reach.session(signal), this.part),
				),
			reopen: async (signal) => {
				const session = await this.reach.sessionAgain(signal);
				return known(sharedLane(session, await reopen(session, this.part)));
			},
		};
	}

	/** Closes the file and resolves to its size; the server answers both in one round trip. */
	private async held(): Promise<number> {
		const size = async (session: Session) => (await look(session, this.part))?.size ?? 0;
		const session = await this.reach.session(this.signal);
		const closed = Promise.all(this.lanes.map(async (lane) => await lane.end()));
		this.lanes = [];
		try {
			const [bytes] = await Promise.all([size(session), closed]);
			return bytes;
		} catch (fault) {
			if (!session.isLost()) throw fault;
			// Everything was acknowledged before the connection went.
			return await size(await this.reach.sessionAgain(this.signal));
		}
	}

	/** Whether the rename was done although its answer was lost: the part file, whose name is this upload's alone, is gone. */
	private async wasPublished(session: Session, path: string): Promise<boolean> {
		const [part, target] = await Promise.all([look(session, this.part), look(session, path)]);
		return part === undefined && target?.size === this.bytes;
	}

	/** Whether the server says that its disk has no room; false where it cannot tell. */
	private async isFull(): Promise<boolean> {
		const { session } = this.opened;
		const stats = await session
			.ask<unknown>((sftp, answer) => sftp.ext_openssh_statvfs(this.part, answer))
			.catch(() => undefined);
		return typeof stats === 'object' && stats !== null && Number(Reflect.get(stats, 'f_bavail')) === 0;
	}
}

function lostInCommit(path: string): WritebackError {
	return new WritebackError('destinationInterrupted', `The connection was lost while ${path} was being published`, {
		hint: 'The target may already hold the new file, complete; look there, or run it again.',
	});
}
