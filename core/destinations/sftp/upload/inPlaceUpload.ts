import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { stat } from '../files/remoteFiles';
import type { StalePartFiles } from '../files/stalePartFiles';
import { firstHandle, type ChannelLease, leaseChannel } from '../handles/writeHandle';
import { isStatus, refused } from '../statusErrors';
import { cleanUp } from './cleanUp';
import type { Created } from './createPartFile';
import { type SettableAttributes, setAttributes, ignoredAttributes, notesOf } from './fileAttributes';
import { PartFile } from './partFile';
import { raceAbort } from '../../../support/abort';
import type { ByteStream } from '../../../support/byteStream';
import { sanitize } from '../../../support/errors';
import type { ContentMac } from '../../../support/hashing/contentMac';
import { endedAfterStop } from '../../../support/idleTimeout';
import { CommitOutcomeUnknown, type Target, type Upload, type UploadResult } from '../../destination';

/** How long a finished upload waits until the folder of its target is looked through. */
const SWEEP_MS = 5_000;

const NOTE = "'Temporary Name' is None: the file was written in place, so readers may have seen part of it.";

const UNDRESSED =
	'The target holds the new file, complete, but its modified time and permissions may not be set. Try again to set them.';

const UNSEEN =
	'All of the file was written, and another program may have taken it. See whether it arrived before you run the workflow again.';

/** Where an upload in place goes. */
export interface InPlaceOpening {
	readonly sessions: SessionProvider;
	readonly stalePartFiles: StalePartFiles;
	readonly target: Target;
	readonly signal: AbortSignal;
}

/** A file that grows under its own name. */
export class InPlaceUpload implements Upload {
	private file: PartFile | undefined;
	/** Whether the target holds neither its old content nor, for certain, all of the new one. */
	private isSpoiled = false;
	private published = false;
	private uploadResult: UploadResult = { removed: [], notes: [], verifiedBy: 'size' };

	constructor(
		private readonly opening: InPlaceOpening,
		private readonly session: Session,
		private readonly path: string,
		/** Absent when the file was there before. */
		private readonly created: (Created & { readonly way: ChannelLease }) | undefined,
	) {}

	async write(body: ByteStream): Promise<number> {
		const { sessions, target, stalePartFiles, signal } = this.opening;
		const session = this.created === undefined ? await sessions.session(signal) : this.session;
		const lease = this.created?.way ?? (await leaseChannel(sessions, session, signal));
		const handle = this.created?.handle ?? (await this.truncated(session, lease));
		this.isSpoiled = true;
		const writeHandle = firstHandle(lease, handle);
		const nothing = {
			inherited: Promise.resolve({ notes: [] }),
			removedStale: Promise.resolve([]),
			backupPath: '',
			// What stays is the target itself, which no later writeback may remove.
			stalePartFiles: { ...stalePartFiles, remember: () => undefined },
		};
		// A single way to the file: nothing else tells whether a server mixes several up.
		const opened = {
			...nothing,
			session,
			writeHandle,
			most: 1,
			ownConnections: false,
			createdFolders: this.created?.createdFolders ?? [],
		};
		this.file = new PartFile(sessions, target, this.path, opened, signal);
		return await this.file.write(body).catch((fault: unknown) => this.fail(fault));
	}

	get readsBack(): boolean {
		return this.opening.target.verifyContent;
	}

	async verify(sent: ContentMac): Promise<void> {
		await this.file?.verify(sent).catch((fault: unknown) => this.fail(fault));
	}

	private fail(fault: unknown): never {
		// A file that was taken away is delivered, and what has the name from now on is another program's.
		this.published = fault instanceof CommitOutcomeUnknown;
		this.isSpoiled &&= !this.published;
		throw fault;
	}

	async commit(isCurrent = true): Promise<void> {
		const { sessions, target, stalePartFiles, signal } = this.opening;
		const { fingerprint, ...unmarked } = target.attributes;
		const attributes = isCurrent || fingerprint === undefined ? target.attributes : unmarked;
		// It stays where it is.
		this.isSpoiled = false;
		this.published = true;
		const { notes = [], verifiedBy = 'size', isTaken = false } = this.file?.proven() ?? {};
		try {
			const session = await sessions.reconnect(signal);
			const removedStale = stalePartFiles.removeStale(session, target, this.path);
			const removed = await Promise.race([removedStale, sleep(SWEEP_MS, [], { ref: false })]);
			const dressing = async () => (isTaken ? [] : await this.setAttributes(session, attributes));
			const dressed = await endedAfterStop(signal, session.end, dressing);
			this.uploadResult = { removed, notes: [NOTE, ...notes, ...dressed], verifiedBy };
		} catch (fault) {
			const lost = `The connection was lost after ${sanitize(this.path)} was written`;
			if (!(await this.isThere()))
				throw new CommitOutcomeUnknown('destinationInterrupted', lost, {
					hint: UNSEEN,
					cause: fault,
					retryable: false,
				});
			// Without leave to replace, the next try would only find the name taken, by this file.
			const { replace } = target;
			throw new CommitOutcomeUnknown('destinationInterrupted', lost, {
				hint: UNDRESSED,
				cause: fault,
				retryable: replace,
			});
		}
	}

	private async isThere(): Promise<boolean> {
		const { sessions, signal } = this.opening;
		const looking = sessions.reconnect(signal).then(async (session) => await stat(session, this.path));
		return (await looking.catch(() => undefined)) !== undefined;
	}

	result(): UploadResult {
		return this.uploadResult;
	}

	async abort(): Promise<string | undefined> {
		if (this.published) return undefined;
		const { session, path, created } = this;
		// What it held before is lost, and a part of the new is no worse than nothing.
		if (created === undefined) return await this.file?.leave().then(() => undefined);
		const { sessions, signal } = this.opening;
		const leftover = {
			session,
			part: path,
			writeHandles: [firstHandle(created.way, created.handle)],
			createdFolders: created.createdFolders,
			swapped: undefined,
		};
		const isGone = async (file: PartFile) => (await file.abort()) === undefined;
		this.isSpoiled = !(await (this.file === undefined ? cleanUp(sessions, leftover, signal) : isGone(this.file)));
		// What stays is no temporary file that a later writeback would look for.
		return undefined;
	}

	spoiled(): string | undefined {
		return this.isSpoiled ? `${sanitize(this.path)} was written in place and is incomplete now` : undefined;
	}

	/** Empties a file that is there, as late as can be. */
	private async truncated(session: Session, { channel, release }: ChannelLease): Promise<Buffer> {
		const { signal } = this.opening;
		const opened = channel.open((sftp, answer) => sftp.open(this.path, 'w', answer));
		const drop = (late: Buffer) => void channel.close(late).catch(() => undefined);
		return await raceAbort(opened, signal, drop).catch((fault: unknown) => {
			this.isSpoiled = !isStatus(session, fault);
			release();
			throw refused(fault, `write to ${sanitize(this.path)}`);
		});
	}

	private async setAttributes(session: Session, attributes: SettableAttributes): Promise<readonly string[]> {
		const refusals = await setAttributes(session, this.path, attributes);
		if (session.isLost()) throw new Error('The connection was lost');
		if (attributes.asOf === undefined && attributes.permissions === undefined) return [];
		const found = await stat(session, this.path).catch(() => undefined);
		const refusedWhat = refusals.map(({ what }) => what);
		const differs = found === undefined ? [] : ignoredAttributes(found, attributes);
		const overlooked = differs.filter(([what]) => !refusedWhat.includes(what)).map(([, note]) => note);
		return [...notesOf(refusals), ...overlooked];
	}
}
