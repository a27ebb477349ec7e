import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HashingThreadLost } from './hashingThreadLost';
import type { SharedBlocks } from './sharedBlocks';
import { WORKER_SOURCE } from './workerSource';

/** A thread that does nothing for so long has come to a standstill: it hashes a block in some milliseconds. */
const STANDSTILL_MS = 10_000;

/** How long a thread may take to start; meanwhile the transfer waits. */
const START_MS = 2_000;

/** Far above what a thread needs that only hashes, far below n8n's own. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4, codeRangeSizeMb: 16, stackSizeMb: 1 };

/** One thread of n8n can't feed more of them. */
const MOST_THREADS = Math.min(2, availableParallelism() - 1);

/** How long this process hashes in place after a thread was refused or lost. */
const PAUSE_MS = 3_600_000;

let running = 0;
let pausedUntil = 0;

/** Whether a thread may be started now or soon. */
export function areThreadsAllowed(): boolean {
	return MOST_THREADS > 0 && performance.now() >= pausedUntil;
}

/** Starts a thread on what `blocks` holds and gets; undefined where that is refused, or enough of them run. */
export function startHashingThread(blocks: SharedBlocks): HashingThread | undefined {
	if (!areThreadsAllowed() || running >= MOST_THREADS) return undefined;
	try {
		return new HashingThread(blocks);
	} catch {
		pausedUntil = performance.now() + PAUSE_MS;
		return undefined;
	}
}

/** A thread that takes the SHA-256 of the blocks of one file. It doesn't keep the process alive. */
export class HashingThread {
	private readonly worker = new Worker(WORKER_SOURCE, {
		eval: true,
		name: 'SHA-256',
		// Nothing of n8n's: neither its secrets, nor what it preloads.
		env: {},
		argv: [],
		execArgv: [],
		stdout: true,
		stderr: true,
		resourceLimits: LIMITS,
	});
	private hex: string | undefined;
	private fault: HashingThreadLost | undefined;
	private wake: () => void = () => undefined;

	constructor(private readonly blocks: SharedBlocks) {
		running += 1;
		this.worker.unref();
		this.worker.on('message', (answer: unknown) => this.hear(answer));
		this.worker.on('error', (cause) => this.lose(cause));
		this.worker.on('exit', () => this.lose());
		blocks.sendTo((block) => this.worker.postMessage(block));
	}

	/** Resolves once it has hashed the first block. Rejects with `HashingThreadLost`. */
	async started(): Promise<void> {
		await this.progress(START_MS);
	}

	/** Resolves once there is room for another block. Rejects with `HashingThreadLost`. */
	async room(): Promise<void> {
		while (this.blocks.isFull) await this.progress(STANDSTILL_MS);
	}

	/** Resolves to the digest of everything, in lower-case hex. Call it once. Rejects with `HashingThreadLost`. */
	async digest(): Promise<string> {
		this.blocks.flush();
		this.worker.postMessage(null);
		while (this.hex === undefined) await this.progress(STANDSTILL_MS);
		return this.hex;
	}

	/** Ends the thread, and all that waits for it. Call it once. */
	end(): void {
		running -= 1;
		this.fault ??= new HashingThreadLost();
		this.wake();
		void this.worker.terminate();
	}

	/** Waits for the next answer. The timer also keeps the process alive meanwhile. */
	private async progress(withinMs: number): Promise<void> {
		let checks = 0;
		// An event loop that was held up runs timers first: the answers that wait get their turn before the second check.
		const timer = setInterval(() => {
			checks += 1;
			if (checks === 2) this.lose();
		}, withinMs / 2);
		try {
			if (this.fault === undefined) await new Promise<void>((resolve) => (this.wake = resolve));
		} finally {
			clearInterval(timer);
		}
		if (this.fault !== undefined) throw this.fault;
	}

	private hear(answer: unknown): void {
		if (typeof answer === 'string') this.hex = answer;
		else this.blocks.release();
		this.wake();
	}

	private lose(cause?: unknown): void {
		if (this.fault === undefined) pausedUntil = performance.now() + PAUSE_MS;
		this.fault ??= new HashingThreadLost(cause);
		this.wake();
	}
}
