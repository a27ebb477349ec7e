import { setTimeout as sleep } from 'node:timers/promises';
import { WritebackError } from '../../errors';
import { unlessStopped } from '../../waiting';
import type { Body, Target, Upload, UploadReport } from '../destination';
import { cleanUp } from './cleanUp';
import { closeAndMeasure, isFull, pathOf, unmeasured } from './folders';
import type { Inherited } from './inherit';
import { channelLane, connectionLane, type Lane, type Lanes, reopenedLane } from './lane';
import { writePipelined } from './pipelinedWriter';
import type { Orphans } from './orphans';
import type { Reach } from './reach';
import { publish } from './publish';
import type { Session } from './session';
import { full, refused, STATUS, statusOf } from './status';

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
	/** What still has the file open. */
	private lanes: readonly Lane[];
	private publishing = false;
	private published = false;
	private said: UploadReport = { removed: [], notes: [] };

	constructor(
		private readonly reach: Reach,
		private readonly target: Target,
		private readonly part: string,
		private readonly opened: Opened,
		private readonly signal: AbortSignal,
	) {
		this.lanes = [opened.lane];
	}

	async write(body: Body): Promise<number> {
		try {
			let early: Promise<number> | undefined;
			const allSent = (lane: Lane) => {
				this.lanes = this.lanes.filter((other) => other !== lane);
				early = this.closeAndMeasure(this.opened.session, [lane]);
				early.catch(() => undefined);
			};
			const { bytes, open } = await writePipelined(body, { ...this.ways(), allSent }, this.signal);
			this.bytes = bytes;
			const measured = await unlessStopped(Promise.resolve(early?.catch(this.unlessLost)), this.signal);
			// Not every server answers in order: the first look may have come before the last write.
			return measured === bytes ? measured : await unlessStopped(this.held(open), this.signal);
		} catch (fault) {
			if (statusOf(fault) === STATUS.failure && (await isFull(this.opened.session, this.part)))
				throw full('store the file');
			throw refused(fault, 'store the file');
		}
	}

	async commit(): Promise<void> {
		const { part, bytes, target } = this;
		this.publishing = true;
		const inherited = await this.opened.inherited;
		const finished = { part, aside: this.opened.aside, bytes, target, inherited };
		const notes = await publish(this.reach, finished, this.signal);
		this.published = true;
		const removed = await Promise.race([this.opened.swept, sleep(SWEEP_MS, [], { ref: false })]);
		this.said = { removed, notes };
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

	private ways(): Omit<Lanes, 'allSent'> {
		const { lane: first, most } = this.opened;
		const known = (lane: Lane): Lane => {
			this.lanes = [...this.lanes, lane];
			return lane;
		};
		return {
			first,
			most,
			fruitlessMs: 2 * this.reach.idleMs,
			widen: async (signal) =>
				known(
					this.opened.ownConnections
						? await connectionLane(await this.reach.own(signal), this.part, signal)
						: await channelLane(await this.reach.session(signal), this.part, signal),
				),
			reopen: async (signal) => {
				const session = await this.reach.sessionAgain(signal);
				return known(await reopenedLane(session, this.part, signal));
			},
		};
	}

	/** The size of the part file, all of it acknowledged, after its lanes are closed. */
	private async held(open: readonly Lane[]): Promise<number> {
		const session = await this.reach.session(this.signal);
		const ends = open.filter((lane) => this.lanes.includes(lane));
		const bytes = await this.closeAndMeasure(session, ends).catch(this.unlessLost);
		this.lanes = [];
		return bytes ?? (await this.closeAndMeasure(await this.reach.sessionAgain(this.signal), []));
	}

	/** Closes the file and asks for its size in one round trip: the server answers in order (draft-ietf-secsh-filexfer-13, 4.1). */
	private async closeAndMeasure(session: Session, open: readonly Lane[]): Promise<number> {
		const close = async () => await Promise.all(open.map(async (lane) => await lane.end()));
		const bytes = await closeAndMeasure(session, this.part, open, close);
		if (bytes === undefined) throw unmeasured(this.part);
		return bytes;
	}

	/** A lost connection is no answer; any other fault is. */
	private readonly unlessLost = (fault: unknown): undefined => {
		if (fault instanceof WritebackError && fault.reason === 'destinationInterrupted') return undefined;
		throw fault;
	};
}
