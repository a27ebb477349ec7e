import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { Reach } from '../connection/sessionProvider';
import { look } from '../files/remoteFiles';
import type { Orphans } from '../files/stalePartFiles';
import { firstLane, type Way, wayFor } from '../handles/writeHandle';
import { isStatus, refused } from '../statusErrors';
import { cleanUp } from './cleanUp';
import type { Created } from './createPartFile';
import { type Dress, dress, ignored, notesOf } from './fileAttributes';
import { PartFile } from './partFile';
import { unlessStopped } from '../../../support/abort';
import type { Body } from '../../../support/byteStream';
import { shown } from '../../../support/errors';
import { endedAfterStop } from '../../../support/idleTimeout';
import { PerhapsPublished, type Target, type Upload, type UploadReport } from '../../destination';

/** How long a finished upload waits until the folder of its target is looked through. */
const SWEEP_MS = 5_000;

const NOTE = 'Temporary Name is None: the file was written in place, so readers may have met a part of it.';

/** Where an upload in place goes. */
export interface InPlaceOpening {
	readonly reach: Reach;
	readonly orphans: Orphans;
	readonly target: Target;
	readonly signal: AbortSignal;
}

/** A file that grows under its own name. */
export class InPlace implements Upload {
	private file: PartFile | undefined;
	/** Whether the target holds neither its old content nor, for certain, all of the new one. */
	private isSpoiled = false;
	private published = false;
	private said: UploadReport = { removed: [], notes: [], verifiedBy: 'size' };

	constructor(
		private readonly opening: InPlaceOpening,
		private readonly session: Session,
		private readonly path: string,
		/** Absent when the file was there before. */
		private readonly created: (Created & { readonly way: Way }) | undefined,
	) {}

	async write(body: Body): Promise<number> {
		const { reach, target, orphans, signal } = this.opening;
		const session = this.created === undefined ? await reach.session(signal) : this.session;
		const way = this.created?.way ?? (await wayFor(reach, session, signal));
		const handle = this.created?.handle ?? (await this.truncated(session, way));
		this.isSpoiled = true;
		const lane = firstLane(way, handle);
		const nothing = { inherited: Promise.resolve({ notes: [] }), swept: Promise.resolve([]), aside: '', orphans };
		// A single way to the file: nothing else tells whether a server mixes several up.
		const opened = { ...nothing, session, lane, most: 1, ownConnections: false, made: this.created?.made ?? [] };
		this.file = new PartFile(reach, target, this.path, opened, signal);
		return await this.file.write(body);
	}

	async verify(sha256: string): Promise<void> {
		await this.file?.verify(sha256);
	}

	async commit(isCurrent = true): Promise<void> {
		const { reach, target, orphans, signal } = this.opening;
		const { fingerprint, ...unmarked } = target.attributes;
		const attributes = isCurrent || fingerprint === undefined ? target.attributes : unmarked;
		try {
			const session = await reach.sessionAgain(signal);
			const swept = orphans.sweep(session, target, this.path);
			const removed = await Promise.race([swept, sleep(SWEEP_MS, [], { ref: false })]);
			const dressing = async () => await this.dressed(session, attributes);
			const dressed = await endedAfterStop(signal, session.end, dressing);
			const { notes = [], verifiedBy = 'size' } = this.file?.proven() ?? {};
			this.said = { removed, notes: [NOTE, ...notes, ...dressed], verifiedBy };
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
	private async truncated(session: Session, { channel }: Way): Promise<Buffer> {
		const { signal } = this.opening;
		const opened = channel.open((sftp, answer) => sftp.open(this.path, 'w', answer));
		return await unlessStopped(opened, signal).catch((fault: unknown) => {
			this.isSpoiled = !isStatus(session, fault);
			throw refused(fault, `write to ${shown(this.path)}`);
		});
	}

	private async dressed(session: Session, attributes: Dress): Promise<readonly string[]> {
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
