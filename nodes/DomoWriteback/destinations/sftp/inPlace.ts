import { setTimeout as sleep } from 'node:timers/promises';
import { shown, WritebackError } from '../../errors';
import { unlessStopped } from '../../waiting';
import { type Body, PerhapsPublished, type Target, type Upload, type UploadReport } from '../destination';
import { cleanUp } from './cleanUp';
import { createPart, type Created } from './createPart';
import { dress, ignored, notesOf } from './dress';
import { look, pathOf } from './folders';
import { sharedLane } from './lane';
import type { Orphans } from './orphans';
import { PartFile } from './partFile';
import type { Reach } from './reach';
import type { Session } from './session';
import { isStatus, refused } from './status';
import { alreadyThere, isFolder } from './taken';

const SWEEP_MS = 5_000;

const NOTE = 'Temporary Name is None: the file was written in place, so readers may have met a part of it.';

interface Opening {
	readonly reach: Reach;
	readonly orphans: Orphans;
	readonly target: Target;
	readonly signal: AbortSignal;
}

/** Opens an upload that writes to the target itself. Nothing of an existing file is touched before the first byte is there. */
export async function openInPlace(opening: Opening, session: Session): Promise<Upload> {
	const { target, signal } = opening;
	const path = pathOf(target);
	const there = await unlessStopped(
		look(session, path).catch(() => undefined),
		signal,
	);
	if (there?.kind === 'folder') throw isFolder(path);
	if (there !== undefined && !target.replace) throw alreadyThere(path);
	if (there !== undefined) return new InPlace(opening, session, path, undefined);
	const creating = createPart(session, target, path).catch(async (fault: unknown) => {
		const taken = !session.isLost() && (await look(session, path).catch(() => undefined)) !== undefined;
		throw taken && !target.replace ? alreadyThere(path) : fault;
	});
	const created = await unlessStopped(creating, signal, () => void drop(session, path)).catch((fault: unknown) => {
		// Servers that show nothing may hold an older file of this name.
		const mayExist = target.replace && fault instanceof WritebackError && fault.reason === 'targetRefused';
		if (!mayExist || session.isLost()) throw fault;
		return undefined;
	});
	return new InPlace(opening, session, path, created);
}

async function drop(session: Session, path: string): Promise<void> {
	await session.tell((sftp, answer) => sftp.unlink(path, answer)).catch(() => undefined);
}

/** A file that grows under its own name. */
class InPlace implements Upload {
	private file: PartFile | undefined;
	/** Whether the target holds neither its old content nor, for certain, all of the new one. */
	private isSpoiled = false;
	private published = false;
	private said: UploadReport = { removed: [], notes: [] };

	constructor(
		private readonly opening: Opening,
		private readonly session: Session,
		private readonly path: string,
		/** Absent when the file was there before. */
		private readonly created: Created | undefined,
	) {}

	async write(body: Body): Promise<number> {
		const { reach, target, orphans, signal } = this.opening;
		const session = this.created === undefined ? await reach.session(signal) : this.session;
		const handle = this.created?.handle ?? (await this.truncated(session));
		this.isSpoiled = true;
		const lane = sharedLane(session, handle);
		const nothing = { inherited: Promise.resolve({ notes: [] }), swept: Promise.resolve([]), aside: '', orphans };
		// A single way to the file: nothing else tells whether a server mixes several up.
		const opened = { ...nothing, session, lane, most: 1, ownConnections: false, made: this.created?.made ?? [] };
		this.file = new PartFile(reach, target, this.path, opened, signal);
		return await this.file.write(body);
	}

	async commit(): Promise<void> {
		const { reach, target, orphans, signal } = this.opening;
		try {
			const session = await reach.sessionAgain(signal);
			const swept = orphans.sweep(session, target, this.path);
			const removed = await Promise.race([swept, sleep(SWEEP_MS, [], { ref: false })]);
			this.said = { removed, notes: [NOTE, ...(await this.dressed(session))] };
			this.isSpoiled = false;
			this.published = true;
		} catch (fault) {
			this.isSpoiled = false;
			throw new PerhapsPublished(
				'destinationInterrupted',
				`The connection was lost after ${shown(this.path)} was written`,
				{
					hint: 'The target holds the new file, complete; its modified time and permissions may not be set. Run it again to set them.',
					cause: fault,
				},
			);
		}
	}

	report(): UploadReport {
		return this.said;
	}

	async abort(): Promise<string | undefined> {
		if (this.published || this.created === undefined) return undefined;
		const { session, path, created } = this;
		const { reach, signal } = this.opening;
		const leftover = { session, part: path, lanes: [], made: created.made, swapped: undefined };
		const isGone = async (file: PartFile) => (await file.abort()) === undefined;
		this.isSpoiled = !(await (this.file === undefined ? cleanUp(reach, leftover, signal) : isGone(this.file)));
		// What stays is no temporary file that a later writeback would look for.
		return undefined;
	}

	spoiled(): string | undefined {
		return this.isSpoiled ? `${shown(this.path)} was written in place and is incomplete now` : undefined;
	}

	/** Empties a file that is there, as late as can be. */
	private async truncated(session: Session): Promise<Buffer> {
		const { signal } = this.opening;
		const opened = session.ask<Buffer>((sftp, answer) => sftp.open(this.path, 'w', answer));
		return await unlessStopped(opened, signal).catch((fault: unknown) => {
			this.isSpoiled = !isStatus(session, fault);
			throw refused(fault, `write to ${shown(this.path)}`);
		});
	}

	private async dressed(session: Session): Promise<readonly string[]> {
		const { attributes } = this.opening.target;
		const refusals = await dress(session, this.path, attributes);
		if (session.isLost()) throw new Error('The connection was lost');
		if (attributes.asOf === undefined && attributes.permissions === undefined) return [];
		const found = await look(session, this.path).catch(() => undefined);
		const refusedWhat = refusals.map(({ what }) => what);
		const differs = found === undefined ? [] : ignored(found, attributes);
		const overlooked = differs.filter(([what]) => !refusedWhat.includes(what)).map(([, note]) => note);
		return [...notesOf(refusals), ...overlooked];
	}
}
