import { isConnectionLost, secondHandleError, unlessLost } from '../connection/connectionErrors';
import { noteUnreadable } from '../connection/serverTraits';
import type { SessionProvider } from '../connection/sessionProvider';
import type { SftpChannel } from '../connection/sftpChannel';
import { measure, sizeUnknownError } from '../files/remoteFiles';
import { parentOf } from '../fileStat';
import { takeSamples } from '../handles/blockSamples';
import { openToRead, readAll, sizeByReading } from '../handles/readBack';
import { type WriteHandle, leaseChannel, type Written } from '../handles/writeHandle';
import { closeBehind, closeWritten, type Closing } from './closing';
import { compareSamples, isLike, isReadFault, type Readable, type Unreadable, whenReadable } from './compareSamples';
import {
	contentDiffers,
	goneUnclosed,
	MUST_READ,
	notReadable,
	readFailed,
	SIZE_ONLY,
	TAKEN,
	takenUncompared,
	takenUnmeasured,
} from './verifyErrors';
import { raceAbort } from '../../../support/abort';
import type { WritebackError } from '../../../support/errors';
import { ContentMac } from '../../../support/hashing/contentMac';
import type { UploadResult } from '../../destination';

/** Proves that a part file holds what was sent, once all of it is acknowledged. */
export class PartFileVerifier {
	readonly notes: string[] = [];
	verifiedBy: UploadResult['verifiedBy'] = 'size';
	private readonly folder: string;
	private readonly samples = takeSamples();
	/** How many bytes were sent. */
	private sent = 0;
	private closing: Closing | undefined;
	/** Whether it was gone as soon as it was closed, and so is delivered. */
	isTaken = false;

	constructor(
		private readonly sessions: SessionProvider,
		private readonly part: string,
		/** Whether readers know its name: they may take it as soon as it is closed. */
		private readonly isInPlace: boolean,
		private readonly signal: AbortSignal,
	) {
		this.folder = parentOf(part);
	}

	/** Takes samples of a block before it is sent. */
	add(offset: number, block: Buffer): void {
		this.sent = offset + block.length;
		this.samples.add(offset, block);
	}

	/** A single handle has sent all: what the proof needs first follows at once, in the same round trip. */
	begin(writeHandle: WriteHandle): void {
		// Where only the handle that writes shows a size, it has to show that of the whole file. In place, readers may take what is closed.
		if (this.sessions.traits.blind || this.isInPlace) return;
		this.closing = closeBehind(writeHandle, this.part, this.sent);
	}

	/**
	 * Closes the file and holds it against the samples; resolves to its size. Rejects with `incomplete` when it holds something else, with
	 * the server's status when it refuses to close the file, with `destinationInterrupted`, or with `CommitOutcomeUnknown` when a file in
	 * place is gone and was not seen to be whole.
	 */
	async settle(written: Written): Promise<number> {
		const isThorough = written.severalHandles || !this.sessions.traits.proven;
		// Its connection may have been lost since, and another handle have taken over.
		const [last] = written.open;
		const begun = this.closing?.writeHandle === last ? this.closing : undefined;
		if (begun === undefined) this.dispose();
		// It is closed below, once it is compared.
		this.closing = undefined;
		const closing = begun ?? closeWritten(written.open, this.sessions.session(this.signal), this.part);
		const [first, isClosed = false] = await Promise.all([
			unlessLost(compareSamples(closing.file, this.samples.pick(isThorough))),
			unlessLost(closing.closed.then(() => true)),
		]);
		for (const writeHandle of written.open) writeHandle.release();
		return await this.prove(closing, first, isClosed, written).catch(async (fault: unknown) => {
			throw (await this.isTakenMeanwhile(fault)) ? goneUnclosed(this.part) : fault;
		});
	}

	/** Closes the file that was opened ahead, where the upload ends before it is read. */
	dispose(): void {
		this.closing?.drop();
		this.closing = undefined;
	}

	/** `first` is undefined when the connection was lost over it. */
	private async prove(
		closing: Closing,
		first: Readable | Unreadable | undefined,
		isClosed: boolean,
		written: Written,
	): Promise<number> {
		const { traits } = this.sessions;
		const isRefused = first?.isReadable === false && !isReadFault(first, traits, this.folder);
		const isSettled = first !== undefined && (isLike(first, written.bytes) || (traits.unreadable && isRefused));
		const proof = isSettled ? first : await this.compareAgain();
		const sizeByWriter = await unlessLost(closing.size);
		const size = (proof.isReadable ? this.judge(proof) : undefined) ?? (await this.measured());
		if (size === 'gone') return this.taken(written, isClosed, sizeByWriter);
		if (proof.isReadable) return this.accept(size ?? (await this.sizeByReading(written.bytes)), written);
		this.throwIfFaulty(proof);
		return this.withoutReading(written, size ?? sizeByWriter);
	}

	/** Reads all of the file back. Rejects with `incomplete` when it is not what `sent` has taken in, with `targetRefused` when it cannot be read, and with `CommitOutcomeUnknown` when it was taken away. */
	async compareAll(bytes: number, sent: ContentMac): Promise<void> {
		if (this.isTaken) throw takenUncompared(this.part);
		const read = async (channel: SftpChannel) =>
			await whenReadable(openToRead(channel, this.part), async (file) => await readAll(file, bytes, sent.again()));
		const again = async () => (await unlessLost(this.onChannel(read))) ?? (await this.onChannel(read));
		const stored = await again().catch(async (fault: unknown) => {
			throw (await this.isTakenMeanwhile(fault)) ? takenUncompared(this.part) : fault;
		});
		if (!(stored instanceof ContentMac)) {
			if ((await this.measured()) === 'gone') throw takenUncompared(this.part);
			this.throwIfFaulty(stored);
			throw notReadable(stored.refusal);
		}
		if (!stored.equals(sent)) throw this.differs('its checksum is different');
		this.verifiedBy = 'content';
	}

	/** By a new handle, once all others are closed: some servers show what was written only then. */
	private async compareAgain(): Promise<Readable | Unreadable> {
		const compare = async (channel: SftpChannel) =>
			await compareSamples(openToRead(channel, this.part), this.samples.pick(true));
		return await this.onChannel(compare);
	}

	/** The size that the samples were read with. */
	private judge({ size, difference }: Readable): number | undefined {
		if (difference !== undefined) throw this.differs(`it differs at byte ${difference}`);
		return size;
	}

	private accept(size: number, { bytes }: Written): number {
		const { traits } = this.sessions;
		traits.unreadableFolders.delete(this.folder);
		if (size !== bytes) traits.singleHandle = true;
		else traits.proven = true;
		this.verifiedBy = 'sampled';
		return size;
	}

	/** What is gone once it was to be closed is delivered, or may be: writing it again would deliver it twice. */
	private taken({ bytes, severalHandles }: Written, isClosed: boolean, sizeByWriter: number | undefined): number {
		if (!isClosed) throw goneUnclosed(this.part);
		if (severalHandles || sizeByWriter !== bytes) throw takenUnmeasured(this.part);
		this.isTaken = true;
		this.notes.push(TAKEN);
		return bytes;
	}

	/** Rejects with `incomplete` where the file could have been read. */
	private throwIfFaulty(proof: Unreadable): void {
		const { traits } = this.sessions;
		if (!isReadFault(proof, traits, this.folder)) return;
		// It is a refusal the next time: this folder may be one for uploads alone.
		if (proof.reached !== 'read') noteUnreadable(traits, this.folder);
		throw readFailed(this.part, proof.refusal);
	}

	/** What one handle wrote through one connection is as long as the server says; what several wrote is not proven by that. */
	private withoutReading({ severalHandles }: Written, size: number | undefined): number {
		const { traits } = this.sessions;
		traits.unreadable = true;
		noteUnreadable(traits, this.folder);
		if (severalHandles) throw secondHandleError(MUST_READ);
		if (size === undefined) throw sizeUnknownError(this.part);
		this.notes.push(SIZE_ONLY);
		return size;
	}

	/** What its name shows; `gone` where readers may have taken it, and undefined where the server does not say. */
	private async measured(): Promise<number | 'gone' | undefined> {
		const session = await this.sessions.reconnect(this.signal);
		const size = await raceAbort(measure(session, this.part), this.signal).catch((fault: unknown) => {
			if (isConnectionLost(fault) || this.signal.aborted) throw fault;
			return undefined;
		});
		if (size === 'missing') return this.isInPlace ? 'gone' : 0;
		return size;
	}

	/** Where looking at what was closed in place ended with the connection: whether it is gone by now. */
	private async isTakenMeanwhile(fault: unknown): Promise<boolean> {
		if (!this.isInPlace || !isConnectionLost(fault)) return false;
		return (await this.measured().catch(() => undefined)) === 'gone';
	}

	private async sizeByReading(expected: number): Promise<number> {
		const size = await this.onChannel(async (channel) =>
			whenReadable(openToRead(channel, this.part), async (file) => await sizeByReading(file, expected)),
		);
		if (typeof size !== 'number') throw sizeUnknownError(this.part);
		return size;
	}

	/** The next try is made through a single handle, on a channel of its own. */
	private differs(how: string): WritebackError {
		this.sessions.traits.singleHandle = true;
		this.sessions.traits.exclusiveChannels = true;
		return contentDiffers(this.part, how);
	}

	/** Where nothing else is open, on a server that mixes up what is open at the same time. */
	private async onChannel<T>(use: (channel: SftpChannel) => Promise<T>): Promise<T> {
		const session = await this.sessions.reconnect(this.signal);
		const { channel, release } = await leaseChannel(this.sessions, session, this.signal);
		return await raceAbort(use(channel), this.signal).finally(release);
	}
}
