import { setTimeout as sleep } from 'node:timers/promises';
import { reopenRefused, secondHandleError } from '../connection/connectionErrors';
import { needsSingleHandle } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import { isFull, pathOf } from '../files/remoteFiles';
import type { StalePartFiles } from '../files/stalePartFiles';
import { writePipelined } from '../handles/pipelinedWriter';
import { openToRead, type ReadHandle, sizeByReading } from '../handles/readBack';
import {
	openOnChannel,
	type GrowingFile,
	type WriteHandle,
	type HandleProvider,
	openOnSession,
} from '../handles/writeHandle';
import { diskFullError, refused, saysMissing, STATUS, statusOf } from '../statusErrors';
import { notReadable } from '../verify/verifyErrors';
import { PartFileVerifier } from '../verify/verifyPartFile';
import { cleanUp } from './cleanUp';
import type { InheritedPermissions } from './inheritPermissions';
import { publish } from './publish';
import { raceAbort } from '../../../support/abort';
import type { ByteStream } from '../../../support/byteStream';
import { sanitize, type WritebackError } from '../../../support/errors';
import type { Target, Upload, UploadResult } from '../../destination';

/** How long a finished upload waits until the folder of its target is looked through. */
const STALE_CLEANUP_MS = 5_000;

/** A part file that was just created. */
export interface Opened {
	readonly session: Session;
	readonly writeHandle: WriteHandle;
	/** How many handles there may be, and whether each has a connection of its own. */
	readonly most: number;
	readonly ownConnections: boolean;
	/** Folders that were made for it. */
	readonly createdFolders: readonly string[];
	/** Where the old file steps aside on a server that cannot replace in one step. */
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
	/** What still has the file open, or something opened for it. */
	private writeHandles: readonly WriteHandle[];
	/** Whether the file was to be opened again while it grew. */
	private isOpenedAgain = false;
	private publishing = false;
	private published = false;
	private uploadResult: UploadResult = { removed: [], notes: [], verifiedBy: 'size' };
	private readonly verifier: PartFileVerifier;
	private reading: Promise<void> | undefined;

	constructor(
		private readonly sessions: SessionProvider,
		private readonly target: Target,
		private readonly part: string,
		private readonly opened: Opened,
		private readonly signal: AbortSignal,
	) {
		this.writeHandles = [opened.writeHandle];
		this.verifier = new PartFileVerifier(sessions, part, signal);
	}

	/** Rejects with `targetRefused` when all of the file is to be compared and the server lets nothing be read. */
	async checkReadable(): Promise<void> {
		if (!this.target.verifyContent) return;
		await this.canRead().catch((fault: unknown) => {
			if (this.sessions.traits.unreadable && fault instanceof Error) throw notReadable(fault);
		});
	}

	async write(body: ByteStream): Promise<number> {
		try {
			const written = await writePipelined(body, this.handleProvider(), this.signal);
			this.bytes = written.bytes;
			const held = await raceAbort(this.verifier.settle(written), this.signal);
			this.writeHandles = [];
			return held;
		} catch (fault) {
			if (statusOf(fault) === STATUS.failure && (await isFull(this.opened.session, this.part)))
				throw diskFullError(`write ${sanitize(this.part)}`);
			if (this.mayBlameHandles(fault)) throw this.handlesRefused(fault);
			throw refused(fault, `write ${sanitize(this.part)}`, 'WRITE');
		}
	}

	async verify(sha256: string): Promise<void> {
		if (this.target.verifyContent) await this.verifier.compareAll(this.bytes, sha256);
	}

	async commit(isCurrent = true): Promise<void> {
		const { part, bytes } = this;
		const { backupPath } = this.opened;
		const { fingerprint, ...attributes } = this.target.attributes;
		const target = isCurrent || fingerprint === undefined ? this.target : { ...this.target, attributes };
		this.publishing = true;
		const inherited = await this.opened.inherited;
		const notes = await publish(this.sessions, { part, backupPath, bytes, target, inherited }, this.signal);
		this.published = true;
		const removed = await Promise.race([this.opened.removedStale, sleep(STALE_CLEANUP_MS, [], { ref: false })]);
		this.uploadResult = { removed, notes: [...this.verifier.notes, ...notes], verifiedBy: this.verifier.verifiedBy };
	}

	/** How what was written was compared, and what is to be said of that. */
	proven(): Pick<UploadResult, 'notes' | 'verifiedBy'> {
		return this.verifier;
	}

	result(): UploadResult {
		return this.uploadResult;
	}

	async abort(): Promise<string | undefined> {
		if (this.published) return undefined;
		const { session, createdFolders, backupPath } = this.opened;
		const { part, writeHandles } = this;
		const swapped = this.publishing ? { aside: backupPath, path: pathOf(this.target) } : undefined;
		const gone = await cleanUp(this.sessions, { session, part, writeHandles, createdFolders, swapped }, this.signal);
		return gone ? undefined : this.rememberLeftover();
	}

	private rememberLeftover(): string {
		this.opened.stalePartFiles.remember(this.part);
		return this.part;
	}

	/** A server that gives up or removes a file when it is opened again may say so only when the first handle is closed. */
	private mayBlameHandles(fault: unknown): boolean {
		const isVague = statusOf(fault) === STATUS.failure || saysMissing(fault);
		return isVague && this.isOpenedAgain && !needsSingleHandle(this.sessions.traits);
	}

	private handlesRefused(fault: unknown): WritebackError {
		this.sessions.traits.singleHandle = true;
		return secondHandleError('The SFTP server refuses what a second handle writes to a file', fault);
	}

	private handleProvider(): HandleProvider {
		const { writeHandle: first, most, ownConnections } = this.opened;
		const { traits } = this.sessions;
		const fileAt = (stored: () => number): GrowingFile => ({ part: this.part, stored, traits });
		return {
			owner: this.sessions.owner,
			first,
			most: () => (needsSingleHandle(traits) ? 1 : most),
			reconnectTimeoutMs: 2 * this.sessions.idleMs,
			onBlock: (offset, block) => this.verifier.add(offset, block),
			onLastWriteSent: (writeHandle, isAcknowledged) => this.verifier.begin(writeHandle, isAcknowledged),
			openAnother: async (stored, signal) => {
				this.isOpenedAgain = true;
				const mayOpen = this.canRead();
				mayOpen.catch(() => undefined);
				const file = { ...fileAt(stored), mayOpen };
				if (!ownConnections) return this.track(await openOnChannel(await this.sessions.session(signal), file, signal));
				const session = await this.sessions.openDedicated(signal);
				return this.track(await openOnSession(session, session.end, file, signal));
			},
			reopen: async (stored, loss, signal) => {
				if (needsSingleHandle(traits)) throw loss;
				const session = await this.sessions.reconnect(signal);
				const writeHandle = await openOnSession(session, () => undefined, fileAt(stored), signal).catch(
					(fault: unknown) => {
						throw reopenRefused(fault);
					},
				);
				return this.track(writeHandle);
			},
			onSecondHandleRefused: (fault) => this.handlesRefused(fault),
		};
	}

	private track(writeHandle: WriteHandle): WriteHandle {
		this.writeHandles = [...this.writeHandles, writeHandle];
		return writeHandle;
	}

	/** Several handles may write only what can be read back: a new server is asked once, while the first handle is at work. */
	private async canRead(): Promise<void> {
		const { traits } = this.sessions;
		if (traits.proven) return;
		this.reading ??= this.tryReading();
		await this.reading;
	}

	private async tryReading(): Promise<void> {
		const session = await this.sessions.session(this.signal);
		let file: ReadHandle | undefined;
		try {
			file = await openToRead(session, this.part);
			await sizeByReading(file, 0);
		} catch (fault) {
			if (statusOf(fault) === STATUS.permissionDenied) this.sessions.traits.unreadable = true;
			throw fault;
		} finally {
			if (file !== undefined) session.close(file.handle).catch(() => undefined);
		}
	}
}
