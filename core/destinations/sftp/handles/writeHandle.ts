import { secondHandleError } from '../connection/connectionErrors';
import type { ServerTraits } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { SessionProvider } from '../connection/sessionProvider';
import type { SftpChannel } from '../connection/sftpChannel';
import { type ReadHandle, sizeByHandle } from './readBack';
import { raceAbort } from '../../../support/abort';
import { WritebackError } from '../../../support/errors';
import type { Owner } from '../../../support/fairSemaphore';

/** One way to the open part file: a channel and the file's handle on it. */
export interface WriteHandle {
	readonly channel: SftpChannel;
	readonly handle: Buffer;
	/** Whether its handle is the one that made the file: what the server refuses on it is a verdict on the file. */
	readonly isFirst: boolean;
	/** Rejects with `destinationInterrupted` when this handle does not see what another one had stored before. */
	readonly seesFile: Promise<void>;
	isLost(): boolean;
	/** Closes the handle. Rejects when the server refuses to close the file. */
	close(): Promise<void>;
	/** Ends what was opened for this handle alone, without asking the server. */
	release(): void;
}

/** What opens ways to the part file. */
export interface HandleProvider {
	/** The execution whose share of the memory is taken. */
	readonly owner?: Owner;
	/** The first one; it is open. */
	readonly first: WriteHandle;
	/** How many there may be. */
	most(): number;
	/** Opens one more, while the server holds `stored()` bytes. Rejects when the server allows no more. */
	openAnother(stored: () => number, signal: AbortSignal): Promise<WriteHandle>;
	/** Called when all is sent by a single handle, and the last of it not yet acknowledged. */
	onLastWriteSent(writeHandle: WriteHandle): void;
	/** Called for every block before it is sent, in the order of the file. */
	onBlock(offset: number, data: Buffer): void;
	/** How long connections may be lost one after the other without a single acknowledgement in between. */
	readonly reconnectTimeoutMs: number;
	/** Opens one again after every connection was lost; takes its time. Rejects when the server stays away, and with the loss where a file cannot be continued. */
	reopen(stored: () => number, loss: unknown, signal: AbortSignal): Promise<WriteHandle>;
	/** Called when the server refuses what a second handle writes; resolves to what the upload rejects with if it cannot go on. */
	onSecondHandleRefused(fault: unknown): WritebackError;
}

/** All that was written is acknowledged. */
export interface Written {
	readonly bytes: number;
	/** The handles that are open in the end; the caller closes and releases them. */
	readonly open: readonly WriteHandle[];
	/** Whether more than one handle wrote. */
	readonly severalHandles: boolean;
}

/** The handle that made the file. `release` ends what was opened for it alone. */
export function firstHandle(lease: ChannelLease, handle: Buffer): WriteHandle {
	return createHandle({ ...lease, handle, isFirst: true, seesFile: Promise.resolve() });
}

/** A part file that is open already, and to be opened once more. */
export interface GrowingFile {
	readonly part: string;
	/** Bytes that the server has acknowledged, up to the end of the last block. */
	readonly stored: () => number;
	readonly traits: ServerTraits;
	/** Rejects when it is better not opened. */
	readonly mayOpen?: Promise<void>;
}

/** A handle on another channel of a connection that is there. Rejects when the server allows no more channels, or with `cancelled`. */
export async function openOnChannel(
	session: Session,
	opening: Promise<SftpChannel>,
	file: GrowingFile,
	signal: AbortSignal,
): Promise<WriteHandle> {
	const channel = await raceAbort(opening, signal, (late) => late.endChannel());
	return await openSecondHandle({ channel, isLost: session.isLost, release: channel.endChannel }, file, signal);
}

/** A handle on a connection that is shared, or of its own; `release` ends what is its own, also when this rejects. */
export async function openOnSession(
	session: Session,
	release: () => void,
	file: GrowingFile,
	signal: AbortSignal,
): Promise<WriteHandle> {
	return await openSecondHandle({ channel: session, isLost: session.isLost, release }, file, signal);
}

/** A channel for one file alone, of the shared connection or, where the server allows no more channels, of one of its own. */
async function exclusiveChannel(
	sessions: SessionProvider,
	session: Session,
	signal: AbortSignal,
): Promise<ChannelLease> {
	try {
		const channel = await raceAbort(session.openExclusive(signal), signal, (late) => late.endChannel());
		return { channel, isLost: session.isLost, release: channel.endChannel };
	} catch (fault) {
		if (signal.aborted || session.isLost()) throw fault;
		const dedicated = await sessions.openDedicated(signal);
		return { channel: dedicated, isLost: dedicated.isLost, release: dedicated.end };
	}
}

/** A channel to open a file on. `release` ends what was opened for that file alone. */
export type ChannelLease = Pick<WriteHandle, 'channel' | 'isLost' | 'release'>;

/** The channel that all share or, on a server that mixes up what is open at the same time, one for a single file. */
export async function leaseChannel(
	sessions: SessionProvider,
	session: Session,
	signal: AbortSignal,
): Promise<ChannelLease> {
	if (sessions.traits.exclusiveChannels) return await exclusiveChannel(sessions, session, signal);
	return { channel: session, isLost: session.isLost, release: () => undefined };
}

/** Opens a part file that is there, without cutting it. A server may owe the answer; a stop does not wait for it. */
async function openSecondHandle(lease: ChannelLease, file: GrowingFile, signal: AbortSignal): Promise<WriteHandle> {
	const { channel, release } = lease;
	await raceAbort(file.mayOpen ?? Promise.resolve(), signal).catch((fault: unknown) => {
		release();
		throw fault;
	});
	const least = file.stored();
	const opened = channel.open((sftp, answer) => sftp.open(file.part, 'r+', answer));
	const handle = await raceAbort(opened, signal).catch((fault: unknown) => {
		release();
		throw fault;
	});
	const seesFile = checkSize({ channel, handle }, least, file.traits);
	// The pipelined writer handles the rejection as well.
	seesFile.catch(() => undefined);
	return createHandle({ ...lease, handle, isFirst: false, seesFile });
}

async function checkSize(file: ReadHandle, least: number, traits: ServerTraits): Promise<void> {
	const size = await sizeByHandle(file);
	if (size === undefined || size >= least) return;
	traits.singleHandle = true;
	throw secondHandleError(`The SFTP server reopened a file of ${least} bytes as one of ${size}`);
}

function createHandle(writeHandle: Omit<WriteHandle, 'close'>): WriteHandle {
	let closing: Promise<void> | undefined;
	// Once: the server may have handed the same handle out again.
	return { ...writeHandle, close: async () => await (closing ??= writeHandle.channel.close(writeHandle.handle)) };
}
