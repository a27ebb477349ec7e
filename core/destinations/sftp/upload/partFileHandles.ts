import { reopenRefused, secondHandleError } from '../connection/connectionErrors';
import { needsSingleHandle } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import type { SftpChannel } from '../connection/sftpChannel';
import { isFull } from '../files/remoteFiles';
import { parentOf } from '../fileStat';
import { openToRead, type ReadHandle, sizeByReading } from '../handles/readBack';
import {
	type GrowingFile,
	type HandleProvider,
	openOnChannel,
	openOnSession,
	type WriteHandle,
} from '../handles/writeHandle';
import { saysMissing, STATUS, statusOf } from '../statusErrors';
import type { PartFileVerifier } from '../verify/verifyPartFile';
import type { WritebackError } from '../../../support/errors';

/** The handle that made a part file, and how many more there may be. */
export interface PartFileHandleOptions {
	readonly writeHandle: WriteHandle;
	/** How many handles there may be, and whether each has a connection of its own. */
	readonly most: number;
	readonly ownConnections: boolean;
}

/** The handles that a part file is written by, and what the server shows of how it takes several. */
export class PartFileHandles {
	/** What still has the file open, or something opened for it. */
	writeHandles: readonly WriteHandle[];
	/** Whether the file was to be opened again before all of it was there, for another handle or to see whether it may be read. */
	private isOpenedAgain = false;
	private reading: Promise<void> | undefined;
	/** The first write that was refused to several handles. */
	private refusal: { readonly fault: WritebackError; readonly isFull: Promise<boolean> } | undefined;
	/** Channels of `session`, opened before they are needed. */
	private ahead: { readonly session: Session; readonly channels: Array<Promise<SftpChannel>> } | undefined;

	constructor(
		private readonly sessions: SessionProvider,
		private readonly part: string,
		private readonly options: PartFileHandleOptions,
		private readonly verifier: PartFileVerifier,
		private readonly signal: AbortSignal,
	) {
		this.writeHandles = [options.writeHandle];
	}

	/** Opens the channels of further handles, which takes four round trips, and asks a new server whether the file may be read, as several handles need: later, the question would wait behind the file's own bytes. A server that allows no more says so when they are used. */
	openAhead(session: Session): void {
		const { most, ownConnections } = this.options;
		if (most === 1 || ownConnections || needsSingleHandle(this.sessions.traits)) return;
		const channels = Array.from({ length: most - 1 }, async () => await session.openAnother());
		for (const channel of channels) channel.catch(() => undefined);
		this.ahead = { session, channels };
		this.isOpenedAgain = true;
		this.canRead().catch(() => undefined);
	}

	/** Ends the channels that were opened ahead and not used. */
	endAhead(): void {
		for (const channel of this.ahead?.channels.splice(0) ?? [])
			channel.then(({ endChannel }) => endChannel()).catch(() => undefined);
	}

	private async openChannel(session: Session): Promise<SftpChannel> {
		const ahead = this.ahead?.session === session ? this.ahead.channels.shift() : undefined;
		return await (ahead ?? session.openAnother());
	}

	/** Resolves once the server has answered whether the file may be read, and it is closed again: a server may refuse to rename a file that is open. */
	async answered(): Promise<void> {
		await this.reading?.catch(() => undefined);
	}

	/** All handles are closed. */
	forget(): void {
		this.writeHandles = [];
	}

	/**
	 * What a fault of the whole file says about its handles: a server that gives up or removes a file when it is opened again may tell only
	 * when the first handle is closed. Undefined where the fault is about the file.
	 */
	secondHandleFault(fault: unknown): WritebackError | undefined {
		const isVague = statusOf(fault) === STATUS.failure || saysMissing(fault);
		const mayBeHandles = isVague && this.isOpenedAgain && !needsSingleHandle(this.sessions.traits);
		return mayBeHandles ? this.handlesRefused(fault) : undefined;
	}

	private handlesRefused(fault: unknown): WritebackError {
		this.sessions.traits.singleHandle = true;
		return secondHandleRefused(fault);
	}

	/** Whether a fault of `writePipelined` came of a full disk, of which most servers say no more than of other failures. */
	async isOfFullDisk(fault: unknown): Promise<boolean> {
		return this.refusal !== undefined && fault === this.refusal.fault && (await this.refusal.isFull);
	}

	/** A full disk says nothing about handles. It is asked for at once: later, others may have freed some space. */
	private noteRefusal(fault: unknown): WritebackError {
		this.refusal ??= {
			fault: secondHandleRefused(fault),
			isFull: isFull(this.options.writeHandle.channel, this.part).then((full) => {
				this.sessions.traits.singleHandle ||= !full;
				return full;
			}),
		};
		return this.refusal.fault;
	}

	/** What opens handles for `writePipelined`. */
	provider(): HandleProvider {
		const { writeHandle: first, most, ownConnections } = this.options;
		const { traits } = this.sessions;
		const fileAt = (stored: () => number): GrowingFile => ({ part: this.part, stored, traits });
		return {
			owner: this.sessions.owner,
			first,
			most: () => (needsSingleHandle(traits) ? 1 : most),
			reconnectTimeoutMs: 2 * this.sessions.idleMs,
			onBlock: (offset, block) => this.verifier.add(offset, block),
			onLastWriteSent: (writeHandle) => this.verifier.begin(writeHandle),
			openAnother: async (stored, signal) => {
				this.isOpenedAgain = true;
				const mayOpen = this.canRead();
				mayOpen.catch(() => undefined);
				const file = { ...fileAt(stored), mayOpen };
				if (!ownConnections) {
					const shared = await this.sessions.session(signal);
					return this.track(await openOnChannel(shared, this.openChannel(shared), file, signal));
				}
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
			onSecondHandleRefused: (fault) => this.noteRefusal(fault),
		};
	}

	private track(writeHandle: WriteHandle): WriteHandle {
		this.writeHandles = [...this.writeHandles, writeHandle];
		return writeHandle;
	}

	/** Several handles may write only what can be read back: a new server is asked once, while the first handle is at work. */
	async canRead(): Promise<void> {
		const { traits } = this.sessions;
		if (traits.proven && !traits.unreadableFolders.has(parentOf(this.part))) return;
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
			// A lost connection is no answer: it is asked again.
			if (statusOf(fault) === undefined) this.reading = undefined;
			throw fault;
		} finally {
			if (file !== undefined) session.close(file.handle).catch(() => undefined);
		}
	}
}

function secondHandleRefused(fault: unknown): WritebackError {
	return secondHandleError('The SFTP server refuses what a second handle writes to a file', fault);
}
