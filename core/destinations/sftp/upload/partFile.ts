import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { isFull, pathOf } from '../files/remoteFiles';
import { keepFresh, type StalePartFiles } from '../files/stalePartFiles';
import { writePipelined } from '../handles/pipelinedWriter';
import { diskFullError, refused, STATUS, statusOf } from '../statusErrors';
import { notReadable } from '../verify/verifyErrors';
import { PartFileVerifier } from '../verify/verifyPartFile';
import { cleanUp, closeHandles } from './cleanUp';
import type { InheritedPermissions } from './inheritPermissions';
import { type PartFileHandleOptions, PartFileHandles } from './partFileHandles';
import { publish } from './publish';
import { raceAbort } from '../../../support/abort';
import type { ByteStream } from '../../../support/byteStream';
import { sanitize } from '../../../support/errors';
import type { ContentMac } from '../../../support/hashing/contentMac';
import type { Target, Upload, UploadResult } from '../../destination';

/** How long a finished upload waits until the folder of its target is looked through. */
const STALE_CLEANUP_MS = 5_000;

/** A part file that was just created. */
export interface Opened extends PartFileHandleOptions {
	readonly session: Session;
	/** Folders that were made for it. */
	readonly createdFolders: readonly string[];
	/** Where the old file is kept on a server that cannot replace in one step. */
	readonly backupPath: string;
	/** What it takes over from the file that it replaces; never rejects. */
	readonly inherited: Promise<InheritedPermissions>;
	readonly stalePartFiles: StalePartFiles;
	/** Paths of what earlier writebacks had left; never rejects. */
	readonly removedStale: Promise<readonly string[]>;
}

/** A file that grows under a hidden name beside its target. */
export class PartFile implements Upload {
	private bytes = 0;
	private publishing = false;
	private published = false;
	private uploadResult: UploadResult = { removed: [], notes: [], verifiedBy: 'size' };
	private readonly verifier: PartFileVerifier;
	private readonly handles: PartFileHandles;
	/** Fires once the file is to get its name, or is dropped. */
	private readonly ending = new AbortController();

	constructor(
		private readonly sessions: SessionProvider,
		private readonly target: Target,
		private readonly part: string,
		private readonly opened: Opened,
		private readonly signal: AbortSignal,
	) {
		this.verifier = new PartFileVerifier(sessions, part, target.temporary?.kind === 'none', signal);
		this.handles = new PartFileHandles(sessions, part, opened, this.verifier, signal);
		if (target.isLarge) this.handles.openAhead(opened.session);
	}

	/** Rejects with `targetRefused` when all of the file is to be compared and the server lets nothing be read. */
	async checkReadable(): Promise<void> {
		if (!this.target.verifyContent) return;
		await this.handles.canRead().catch((fault: unknown) => {
			if (this.sessions.traits.unreadable && fault instanceof Error) throw notReadable(fault);
		});
	}

	async write(body: ByteStream): Promise<number> {
		try {
			const written = await writePipelined(body, this.handles.provider(), this.signal);
			this.bytes = written.bytes;
			const held = await raceAbort(this.verifier.settle(written), this.signal);
			this.handles.forget();
			await raceAbort(this.handles.answered(), this.signal);
			// Others of its set may take hours. In place there is no part file.
			if (this.target.temporary?.kind !== 'none') void keepFresh(this.sessions, this.part, this.ending.signal);
			return held;
		} catch (fault) {
			const isVague = statusOf(fault) === STATUS.failure;
			if (isVague ? await isFull(this.opened.session, this.part) : await this.handles.isOfFullDisk(fault))
				throw diskFullError(`write ${sanitize(this.part)}`);
			throw this.handles.secondHandleFault(fault) ?? refused(fault, `write ${sanitize(this.part)}`, 'WRITE');
		} finally {
			this.handles.endAhead();
		}
	}

	get readsBack(): boolean {
		return this.target.verifyContent;
	}

	async verify(sent: ContentMac): Promise<void> {
		await this.verifier.compareAll(this.bytes, sent);
	}

	async commit(isCurrent = true): Promise<void> {
		const { part, bytes } = this;
		const { backupPath } = this.opened;
		const { fingerprint, ...attributes } = this.target.attributes;
		const target = isCurrent || fingerprint === undefined ? this.target : { ...this.target, attributes };
		this.publishing = true;
		this.ending.abort();
		const inherited = await this.opened.inherited;
		const notes = await publish(this.sessions, { part, backupPath, bytes, target, inherited }, this.signal);
		this.published = true;
		const removed = await Promise.race([this.opened.removedStale, sleep(STALE_CLEANUP_MS, [], { ref: false })]);
		this.uploadResult = { removed, notes: [...this.verifier.notes, ...notes], verifiedBy: this.verifier.verifiedBy };
	}

	/** How what was written was compared, what is to be said of that, and whether a reader has the file by now. */
	proven(): Pick<PartFileVerifier, 'notes' | 'verifiedBy' | 'isTaken'> {
		return this.verifier;
	}

	result(): UploadResult {
		return this.uploadResult;
	}

	async abort(): Promise<string | undefined> {
		if (this.published) return undefined;
		this.ending.abort();
		this.handles.endAhead();
		this.verifier.dispose();
		const { session, createdFolders, backupPath } = this.opened;
		const { part } = this;
		const { writeHandles } = this.handles;
		const swapped = this.publishing ? { aside: backupPath, path: pathOf(this.target) } : undefined;
		const gone = await cleanUp(this.sessions, { session, part, writeHandles, createdFolders, swapped }, this.signal);
		return gone ? undefined : this.rememberLeftover();
	}

	/** Ends the upload and leaves the file as it is. Never rejects. */
	async leave(): Promise<void> {
		this.handles.endAhead();
		this.verifier.dispose();
		await closeHandles(this.handles.writeHandles);
	}

	private rememberLeftover(): string {
		this.opened.stalePartFiles.remember(this.part);
		return this.part;
	}
}
