import { isInterrupted, secondHandleFailed } from '../connection/connectionErrors';
import type { Reach } from '../connection/sessionProvider';
import type { Channel } from '../connection/sftpChannel';
import { measure, unmeasured } from '../files/remoteFiles';
import { takeSamples } from '../handles/blockSamples';
import { openToRead, type ReadHandle, sha256ByHandle, sizeByHandle, sizeByReading } from '../handles/readBack';
import { type Lane, wayFor, type Written } from '../handles/writeHandle';
import { isRefusal, refused } from '../statusErrors';
import { compareSamples, isLike, type Readable, type Unreadable, whenReadable } from './compareSamples';
import { contentDiffers, MUST_READ, notReadable, SIZE_ONLY } from './verifyErrors';
import { unlessStopped } from '../../../support/abort';
import { shown, type WritebackError } from '../../../support/errors';
import type { UploadReport } from '../../destination';

/** What is asked for once all blocks are sent. */
interface Closing {
	/** The one lane that is closed; undefined when there are several. */
	readonly lane: Lane | undefined;
	readonly closed: Promise<unknown>;
	/** What the handle that wrote says of the file; undefined when it was not asked or the server does not say. */
	readonly size: Promise<number | undefined>;
	/** Opened for reading, after the last block was written. */
	readonly file: Promise<ReadHandle>;
}

/** Proves that a part file holds what was sent, once all of it is acknowledged. */
export class PartFileProof {
	readonly notes: string[] = [];
	verifiedBy: UploadReport['verifiedBy'] = 'size';
	private readonly samples = takeSamples();
	private closing: Closing | undefined;

	constructor(
		private readonly reach: Reach,
		private readonly part: string,
		private readonly signal: AbortSignal,
	) {}

	/** Takes samples of a block before it is sent. */
	add(at: number, block: Buffer): void {
		this.samples.add(at, block);
	}

	/** A single lane has sent all: what the proof needs first follows at once, in the same round trip. */
	begin(lane: Lane, isAcknowledged: () => boolean): void {
		// Where only the handle that writes shows a size, it has to show that of the whole file.
		if (this.reach.traits.blind) return;
		const size = sizeByHandle(lane).then((bytes) => (isAcknowledged() ? bytes : undefined));
		const closed = this.closeLane(lane);
		const file = this.openBehind(lane.channel, isAcknowledged);
		for (const asked of [size, closed, file]) asked.catch(() => undefined);
		this.closing = { lane, size, closed, file };
	}

	/**
	 * Closes the file and holds it against the samples; resolves to its size. Rejects with `incomplete` when it holds something else, with
	 * the server's status when it refuses to close the file, or with `destinationInterrupted`.
	 */
	async settle(written: Written): Promise<number> {
		const { traits } = this.reach;
		const isThorough = written.severalHandles || !traits.proven;
		// Its connection may have been lost since, and another lane have taken over.
		const [last] = written.open;
		const closing = this.closing?.lane === last && this.closing ? this.closing : this.close(written.open);
		const [first] = await Promise.all([
			unlessLost(compareSamples(closing.file, this.samples.pick(isThorough))),
			unlessLost(closing.closed),
		]);
		for (const lane of written.open) lane.release();
		const isSettled = first !== undefined && (isLike(first) || (traits.unreadable && !first.isReadable));
		const proof = isSettled ? first : await this.compareAgain();
		if (proof.isReadable) return await this.judge(proof, written);
		return await this.withoutReading(written, await unlessLost(closing.size));
	}

	/** Reads all of the file back. Rejects with `incomplete` when its SHA-256, in lower-case hex, is another, and with `targetRefused` when it cannot be read. */
	async compareAll(bytes: number, sha256: string): Promise<void> {
		const hash = async (channel: Channel) =>
			await whenReadable(openToRead(channel, this.part), async (file) => await sha256ByHandle(file, bytes));
		const stored = (await unlessLost(this.onChannel(hash))) ?? (await this.onChannel(hash));
		if (typeof stored !== 'string') throw notReadable(stored.refusal);
		if (stored !== sha256) throw this.differs('its SHA-256 is another');
		this.verifiedBy = 'content';
	}

	/** Opens it behind its last block. Not every server answers in order: then it may have been opened before that was written, and is opened anew. */
	private async openBehind(channel: Channel, isAcknowledged: () => boolean): Promise<ReadHandle> {
		const file = await openToRead(channel, this.part);
		if (isAcknowledged()) return file;
		await channel.close(file.handle);
		return await openToRead(channel, this.part);
	}

	private async closeLane(lane: Lane): Promise<void> {
		await lane.close().catch((fault: unknown) => {
			// Any other status may be about what was written.
			throw isRefusal(fault) ? refused(fault, `close ${shown(this.part)}`, 'CLOSE') : fault;
		});
	}

	private close(open: readonly Lane[]): Closing {
		const [lane] = open;
		const channel = this.reach.session(this.signal);
		return {
			lane,
			size: lane === undefined ? Promise.resolve(undefined) : unlessLost(sizeByHandle(lane)),
			closed: Promise.all(open.map(async (one) => await this.closeLane(one))),
			file: channel.then(async (session) => await openToRead(session, this.part)),
		};
	}

	/** By a new handle, once all others are closed: some servers show what was written only then. */
	private async compareAgain(): Promise<Readable | Unreadable> {
		const compare = async (channel: Channel) =>
			await compareSamples(openToRead(channel, this.part), this.samples.pick(true));
		return await this.onChannel(compare);
	}

	private async judge({ size, difference }: Readable, { bytes }: Written): Promise<number> {
		if (difference !== undefined) throw this.differs(`it differs at byte ${difference}`);
		const held = size ?? (await this.measured()) ?? (await this.sizeByReading(bytes));
		if (held !== bytes) this.reach.traits.singleHandle = true;
		else this.reach.traits.proven = true;
		this.verifiedBy = 'sampled';
		return held;
	}

	/** What one handle wrote through one connection is as long as the server says; what several wrote is not proven by that. */
	private async withoutReading({ severalHandles }: Written, sizeByWriter: number | undefined): Promise<number> {
		this.reach.traits.unreadable = true;
		if (severalHandles) throw secondHandleFailed(MUST_READ);
		const size = (await this.measured()) ?? sizeByWriter;
		if (size === undefined) throw unmeasured(this.part);
		this.notes.push(SIZE_ONLY);
		return size;
	}

	private async measured(): Promise<number | undefined> {
		const session = await this.reach.sessionAgain(this.signal);
		return await unlessStopped(measure(session, this.part), this.signal).catch((fault: unknown) => {
			if (isInterrupted(fault) || this.signal.aborted) throw fault;
			return undefined;
		});
	}

	private async sizeByReading(least: number): Promise<number> {
		const size = await this.onChannel(async (channel) =>
			whenReadable(openToRead(channel, this.part), async (file) => await sizeByReading(file, least)),
		);
		if (typeof size !== 'number') throw unmeasured(this.part);
		return size;
	}

	/** The next try is made through a single handle, on a channel of its own. */
	private differs(how: string): WritebackError {
		this.reach.traits.singleHandle = true;
		this.reach.traits.exclusiveChannels = true;
		return contentDiffers(this.part, how);
	}

	/** Where nothing else is open, on a server that mixes up what is open at the same time. */
	private async onChannel<T>(use: (channel: Channel) => Promise<T>): Promise<T> {
		const session = await this.reach.sessionAgain(this.signal);
		const { channel, release } = await wayFor(this.reach, session, this.signal);
		return await unlessStopped(use(channel), this.signal).finally(release);
	}
}

/** A lost connection is no answer; any other fault is. */
async function unlessLost<T>(work: Promise<T>): Promise<T | undefined> {
	return await work.catch((fault: unknown) => {
		if (isInterrupted(fault)) return undefined;
		throw fault;
	});
}
