import type { Socket } from 'node:net';
import { reset } from '../../sandbox/faultyLine';

/** One direction of a connection, as a line of some length has it. */
export interface LineOptions {
	/** How long a byte takes from one end to the other. */
	readonly oneWayMs: number;
	/** Nothing arrives before this, on the clock of `performance.now()`: the connection is still being made. */
	readonly opensAt: number;
}

/** Bytes under way at once: far more than any writer here keeps, so that no rate comes from it. */
const WINDOW_BYTES = 64 * 1024 * 1024;

/** Bytes that have arrived and wait for a slow reader: as much as Linux gives a socket's buffer by itself. */
const STANDING_BYTES = 4 * 1024 * 1024;

/** What is under way; without data it is the end of the stream. */
interface Piece {
	readonly data: Buffer | undefined;
	readonly dueAt: number;
}

/**
 * Carries what `from` sends to `to`, each piece `oneWayMs` after it came, however many are under way. The end of the stream
 * takes as long as data does, and so does a connection that is cut.
 */
export class Line {
	private queue: Piece[] = [];
	private head = 0;
	private bytes = 0;
	/** The reader is not there yet, or takes no more for now. */
	private blocked: boolean;
	private ended = false;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly from: Socket,
		private readonly to: Socket,
		private readonly options: LineOptions,
	) {
		this.blocked = to.pending;
		from.on('data', (data) => this.take(data));
		from.once('end', () => {
			this.ended = true;
			this.take(undefined);
		});
		from.once('close', () => {
			if (!this.ended && !to.destroyed) setTimeout(() => reset(to), options.oneWayMs);
		});
		const goOn = (): void => {
			this.blocked = false;
			this.deliver();
		};
		to.once('connect', goOn).on('drain', goOn);
		to.once('close', () => this.forget());
	}

	private take(data: Buffer | undefined): void {
		const { oneWayMs, opensAt } = this.options;
		if (this.to.destroyed) return;
		const now = performance.now();
		this.queue.push({ data, dueAt: Math.max(now + oneWayMs, opensAt) });
		this.bytes += data?.length ?? 0;
		if (oneWayMs === 0) this.deliver();
		else this.steer(now);
	}

	private deliver(): void {
		const now = performance.now();
		this.to.cork();
		for (let piece = this.queue[this.head]; piece && piece.dueAt <= now; piece = this.queue[this.head]) {
			if (this.blocked) break;
			this.head++;
			this.bytes -= piece.data?.length ?? 0;
			if (piece.data) this.blocked = !this.to.write(piece.data);
			else this.to.end();
		}
		this.to.uncork();
		if (this.head > 1024 || this.head === this.queue.length) {
			this.queue = this.queue.slice(this.head);
			this.head = 0;
		}
		this.steer(now);
	}

	/** Sets the one timer, for the head of the queue, and lets the sender go on or wait. */
	private steer(now: number): void {
		const next = this.queue[this.head];
		if (next && !this.blocked && !this.timer) {
			this.timer = setTimeout(
				() => {
					this.timer = undefined;
					this.deliver();
				},
				Math.max(1, Math.ceil(next.dueAt - now)),
			);
		}
		const full = this.bytes >= WINDOW_BYTES || (this.blocked && this.standing(now) >= STANDING_BYTES);
		if (full) this.from.pause();
		else if (this.from.isPaused()) this.from.resume();
	}

	/** Bytes that are due and not delivered; stops counting where it is too many anyway. */
	private standing(now: number): number {
		let bytes = 0;
		for (let at = this.head; bytes < STANDING_BYTES; at++) {
			const piece = this.queue[at];
			if (!piece || piece.dueAt > now) break;
			bytes += piece.data?.length ?? 0;
		}
		return bytes;
	}

	private forget(): void {
		clearTimeout(this.timer);
		this.queue = [];
		this.head = 0;
		this.bytes = 0;
		this.from.resume();
	}
}
