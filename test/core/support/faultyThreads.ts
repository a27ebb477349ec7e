import type * as workerThreads from 'node:worker_threads';

/** Blocks that a hashing thread gets, and answers, before it goes wrong: more than are sent before the hash is handed over to it. */
const GOOD_BLOCKS = 40;

/** What goes wrong with the next hashing threads. */
export type ThreadFault =
	| 'refused'
	| 'fails to start'
	| 'silent from the start'
	| 'killed'
	| 'out of memory'
	| 'silent in mid-file';

const SILENCE = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';
const GREED = 'for (const all = []; ; ) all.push(new Array(10000).fill(all.length));';

/** What the thread runs instead of `source`. */
function faulty(source: string, fault: ThreadFault | undefined): string {
	const inMidFile = (what: string) =>
		`let seen = 0; ${source.replace('hash.update(block);', `if (++seen > ${GOOD_BLOCKS}) { ${what} } hash.update(block);`)}`;
	if (fault === 'fails to start') return 'throw new Error("It has no memory");';
	if (fault === 'silent from the start') return SILENCE;
	if (fault === 'out of memory') return inMidFile(GREED);
	if (fault === 'silent in mid-file') return inMidFile(SILENCE);
	return source;
}

export const threads = {
	fault: undefined as ThreadFault | undefined,
	/** Asked for, refused ones included. */
	started: 0,
	running: 0,
	/** Sent to the newest one. */
	blocks: 0,
	faults: [] as string[],
};

const { Worker, ...others } = jest.requireActual<typeof workerThreads>('node:worker_threads');

class FaultyWorker extends Worker {
	private readonly fault: ThreadFault | undefined;

	constructor(source: string | URL, options: workerThreads.WorkerOptions = {}) {
		const fault = options.name === 'SHA-256' ? threads.fault : undefined;
		threads.started += 1;
		if (fault === 'refused')
			throw Object.assign(new Error('Access to this API has been restricted'), { code: 'ERR_ACCESS_DENIED' });
		super(typeof source === 'string' ? faulty(source, fault) : source, options);
		this.fault = fault;
		threads.running += 1;
		threads.blocks = 0;
		this.on('error', (error: NodeJS.ErrnoException) => threads.faults.push(error.code ?? error.message));
		this.once('exit', () => (threads.running -= 1));
	}

	override postMessage(value: unknown): void {
		threads.blocks += 1;
		super.postMessage(value);
		if (this.fault === 'killed' && threads.blocks > GOOD_BLOCKS) void this.terminate();
	}
}

/** Stands for `node:worker_threads`, by `jest.requireActual`. @public */
export const workerThreadsWithFaults = { ...others, Worker: FaultyWorker };

const now = performance.now.bind(performance);
let hours = 0;

/** An hour after a fault threads are used again: it passes at once. */
export function letAnHourPass(): void {
	hours += 1;
	performance.now = () => now() + hours * 3_600_000;
}

/** Resolves once no thread runs any more. */
export async function allEnded(): Promise<void> {
	while (threads.running > 0) await new Promise(setImmediate);
}
