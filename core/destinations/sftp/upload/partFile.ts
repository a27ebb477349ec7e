import { setTimeout as sleep } from 'node:timers/promises';
import { notReopened, secondHandleFailed } from '../connection/connectionErrors';
import { needsSingleHandle } from '../connection/serverTraits';
import type { Session } from '../connection/session';
import type { Reach } from '../connection/sessionProvider';
import { isFull, pathOf } from '../files/remoteFiles';
import type { Orphans } from '../files/stalePartFiles';
import { writePipelined } from '../handles/pipelinedWriter';
import { openToRead, type ReadHandle, sizeByReading } from '../handles/readBack';
import { channelLane, type GrowingFile, type Lane, type Lanes, sessionLane } from '../handles/writeHandle';
import { full, refused, STATUS, statusOf } from '../statusErrors';
import { notReadable } from '../verify/verifyErrors';
import { PartFileProof } from '../verify/verifyPartFile';
import { cleanUp } from './cleanUp';
import type { Inherited } from './inheritPermissions';
import { publish } from './publish';
import { unlessStopped } from '../../../support/abort';
import type { Body } from '../../../support/byteStream';
import { shown } from '../../../support/errors';
import type { Target, Upload, UploadReport } from '../../destination';

/** How long a finished upload waits until the folder of its target is looked through. */
const SWEEP_MS = 5_000;

/** A part file that was just created. */
export interface Opened {
	readonly session: Session;
	readonly lane: Lane;
	/** How many lanes there may be, and whether each has a connection of its own. */
	readonly most: number;
	readonly ownConnections: boolean;
	/** Folders that were made for it. */
	readonly made: readonly string[];
	/** Where the old file steps aside on a server that cannot replace in one step. */
	readonly aside: string;
	/** What it takes over from the file that it replaces; never rejects. */
	readonly inherited: Promise<Inherited>;
	readonly orphans: Orphans;
	/** Paths of what earlier writebacks had left; never rejects. */
	readonly swept: Promise<readonly string[]>;
}

/** A file that grows under a hidden name beside its target. */
export class PartFile implements Upload {
	private bytes = 0;
	/** What still has the file open, or something opened for it. */
	private lanes: readonly Lane[];
	private publishing = false;
	private published = false;
	private said: UploadReport = { removed: [], notes: [], verifiedBy: 'size' };
	private readonly proof: PartFileProof;
	private reading: Promise<void> | undefined;

	constructor(
		private readonly reach: Reach,
		private readonly target: Target,
		private readonly part: string,
		private readonly opened: Opened,
		private readonly signal: AbortSignal,
	) {
		this.lanes = [opened.lane];
		this.proof = new PartFileProof(reach, part, signal);
	}

	/** Rejects with `targetRefused` when all of the file is to be compared and the server lets nothing be read. */
	async checkReadable(): Promise<void> {
		if (!this.target.verifyContent) return;
		await this.canRead().catch((fault: unknown) => {
			if (this.reach.traits.unreadable && fault instanceof Error) throw notReadable(fault);
		});
	}

	async write(body: Body): Promise<number> {
		try {
			const written = await writePipelined(body, this.ways(), this.signal);
			this.bytes = written.bytes;
			const held = await unlessStopped(this.proof.settle(written), this.signal);
			this.lanes = [];
			return held;
		} catch (fault) {
			if (statusOf(fault) === STATUS.failure && (await isFull(this.opened.session, this.part)))
				throw full(`write ${shown(this.part)}`);
			throw refused(fault, `write ${shown(this.part)}`, 'WRITE');
		}
	}

	async verify(sha256: string): Promise<void> {
		if (this.target.verifyContent) await this.proof.compareAll(this.bytes, sha256);
	}

	async commit(isCurrent = true): Promise<void> {
		const { part, bytes } = this;
		const { aside } = this.opened;
		const { fingerprint, ...attributes } = this.target.attributes;
		const target = isCurrent || fingerprint === undefined ? this.target : { ...this.target, attributes };
		this.publishing = true;
		const inherited = await this.opened.inherited;
		const notes = await publish(this.reach, { part, aside, bytes, target, inherited }, this.signal);
		this.published = true;
		const removed = await Promise.race([this.opened.swept, sleep(SWEEP_MS, [], { ref: false })]);
		this.said = { removed, notes: [...this.proof.notes, ...notes], verifiedBy: this.proof.verifiedBy };
	}

	/** How what was written was compared, and what is to be said of that. */
	proven(): Pick<UploadReport, 'notes' | 'verifiedBy'> {
		return this.proof;
	}

	report(): UploadReport {
		return this.said;
	}

	async abort(): Promise<string | undefined> {
		if (this.published) return undefined;
		const { session, made, aside } = this.opened;
		const { part, lanes } = this;
		const swapped = this.publishing ? { aside, path: pathOf(this.target) } : undefined;
		const gone = await cleanUp(this.reach, { session, part, lanes, made, swapped }, this.signal);
		return gone ? undefined : this.left();
	}

	private left(): string {
		this.opened.orphans.leave(this.part);
		return this.part;
	}

	private ways(): Lanes {
		const { lane: first, most, ownConnections } = this.opened;
		const { traits } = this.reach;
		const fileAt = (stored: () => number): GrowingFile => ({ part: this.part, stored, traits });
		return {
			owner: this.reach.owner,
			first,
			most: () => (needsSingleHandle(traits) ? 1 : most),
			fruitlessMs: 2 * this.reach.idleMs,
			onBlock: (at, block) => this.proof.add(at, block),
			allSent: (lane, isAcknowledged) => this.proof.begin(lane, isAcknowledged),
			widen: async (stored, signal) => {
				const mayOpen = this.canRead();
				mayOpen.catch(() => undefined);
				const file = { ...fileAt(stored), mayOpen };
				if (!ownConnections) return this.known(await channelLane(await this.reach.session(signal), file, signal));
				const session = await this.reach.own(signal);
				return this.known(await sessionLane(session, session.end, file, signal));
			},
			reopen: async (stored, loss, signal) => {
				if (needsSingleHandle(traits)) throw loss;
				const session = await this.reach.sessionAgain(signal);
				const lane = await sessionLane(session, () => undefined, fileAt(stored), signal).catch((fault: unknown) => {
					throw notReopened(fault);
				});
				return this.known(lane);
			},
			onSecondHandleRefused: (fault) => {
				traits.singleHandle = true;
				return secondHandleFailed('The SFTP server refuses what a second handle writes to a file', fault);
			},
		};
	}

	private known(lane: Lane): Lane {
		this.lanes = [...this.lanes, lane];
		return lane;
	}

	/** Several handles may write only what can be read back: a new server is asked once, while the first lane is at work. */
	private async canRead(): Promise<void> {
		const { traits } = this.reach;
		if (traits.proven) return;
		this.reading ??= this.tryReading();
		await this.reading;
	}

	private async tryReading(): Promise<void> {
		const session = await this.reach.session(this.signal);
		let file: ReadHandle | undefined;
		try {
			file = await openToRead(session, this.part);
			await sizeByReading(file, 0);
		} catch (fault) {
			if (statusOf(fault) === STATUS.permissionDenied) this.reach.traits.unreadable = true;
			throw fault;
		} finally {
			if (file !== undefined) session.close(file.handle).catch(() => undefined);
		}
	}
}
