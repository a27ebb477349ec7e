import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { digester } from '../../../core/format/digest';
import { HashingThreadLost } from '../../../core/support/hashing/hashingThreadLost';
import { allEnded, letAnHourPass, type ThreadFault, threads } from './faultyThreads';

jest.mock('node:worker_threads', () => jest.requireActual('./faultyThreads').workerThreadsWithFaults);

let isSlow: boolean | undefined = true;
jest.mock('../../../core/support/hashing/hashSpeed', () => ({
	noteHashSpeed: () => undefined,
	isHashingSlow: () => isSlow,
}));

const MEBIBYTE = 1024 * 1024;
const DATA = randomBytes(24 * MEBIBYTE);

beforeEach(() => {
	letAnHourPass();
	Object.assign(threads, { fault: undefined, started: 0, blocks: 0, faults: [] });
	isSlow = true;
});
afterEach(async () => await allEnded());

/** Chunks of these lengths, in turn, all of them in one memory that is used again. */
async function* chunked(bytes: number, lengths: readonly number[]): AsyncGenerator<Buffer> {
	const memory = Buffer.alloc(Math.max(1, ...lengths));
	for (let [offset, turn] = [0, 0]; offset < bytes; turn++) {
		const length = Math.min(lengths[turn % lengths.length] ?? 1, bytes - offset);
		DATA.copy(memory, 0, offset, offset + length);
		offset += length;
		yield memory.subarray(0, length);
		memory.fill(0);
	}
}

async function measured(bytes: number, lengths: readonly number[] = [65_536]) {
	const hashing = digester();
	const passed = createHash('sha256');
	for await (const chunk of hashing.measure(chunked(bytes, lengths))) passed.update(chunk);
	return { ...hashing.total(), passed: passed.digest('hex') };
}

function expected(bytes: number) {
	const sha256 = createHash('sha256').update(DATA.subarray(0, bytes)).digest('hex');
	return { bytes, sha256, passed: sha256 };
}

test('whatever the chunks, with empty ones and memory that is used again, the digest of a thread is that of createHash', async () => {
	const lengths = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 700_000 })), { maxLength: 6 });
	const bytes = fc.integer({ min: 8 * MEBIBYTE, max: DATA.length });
	await fc.assert(
		fc.asyncProperty(bytes, lengths, async (length, some) => {
			expect(await measured(length, [...some, 100_000])).toEqual(expected(length));
		}),
		{ numRuns: 25 },
	);
	expect(threads.started).toBeGreaterThan(20);
}, 120_000);

test.each([0, 1, 262_144, 8 * MEBIBYTE])('a file of %d bytes starts no thread', async (bytes) => {
	expect(await measured(bytes)).toEqual(expected(bytes));
	expect(threads.started).toBe(0);
});

test.each([false, undefined])('no thread starts where it is %s that hashing is slow', async (slow) => {
	isSlow = slow;
	expect(await measured(DATA.length)).toEqual(expected(DATA.length));
	expect(threads.started).toBe(0);
});

test('of many files at once two at most have a thread', async () => {
	const all = await Promise.all(Array.from({ length: 8 }, async () => await measured(DATA.length)));
	expect(all).toEqual(all.map(() => expected(DATA.length)));
	expect(threads.started).toBeGreaterThan(0);
	expect(threads.started).toBeLessThanOrEqual(2);
});

test.each<ThreadFault>(['refused', 'fails to start', 'silent from the start'])(
	'with a thread (%s) a file is hashed in place, and no other thread starts',
	async (fault) => {
		threads.fault = fault;
		expect(await measured(DATA.length)).toEqual(expected(DATA.length));
		expect(await measured(DATA.length)).toEqual(expected(DATA.length));
		expect(threads.started).toBe(1);
	},
);

test.each<ThreadFault>(['killed', 'out of memory', 'silent in mid-file'])(
	'a lost thread (%s) ends the file, and the next one is hashed in place',
	async (fault) => {
		threads.fault = fault;
		await expect(measured(DATA.length)).rejects.toThrow(HashingThreadLost);
		expect(await measured(DATA.length)).toEqual(expected(DATA.length));
		expect(threads.started).toBe(1);
		expect(threads.faults).toEqual(fault === 'out of memory' ? ['ERR_WORKER_OUT_OF_MEMORY'] : []);
	},
);

test('a reader that leaves in mid-file ends the thread', async () => {
	let read = 0;
	for await (const chunk of digester().measure(chunked(DATA.length, [65_536]))) {
		read += chunk.length;
		if (read > 10 * MEBIBYTE) break;
	}
	await allEnded();
	expect(threads.started).toBe(1);
});

test('an end while a thread is silent ends the wait at once', async () => {
	threads.fault = 'silent in mid-file';
	const hashing = digester();
	const stream = hashing.measure(chunked(DATA.length, [65_536]));
	const reading = (async () => {
		while ((await stream.next()).done !== true);
	})();
	const ended = expect(reading).rejects.toThrow(HashingThreadLost);
	// All blocks lent: it waits for the first that the thread does not answer.
	while (threads.blocks < 72) await new Promise(setImmediate);
	hashing.end();
	await ended;
	threads.fault = undefined;
	await measured(DATA.length);
	expect(threads.started).toBe(2);
});

test('files that are never read, because their upload could not be opened, take no thread from those after them', async () => {
	for (let file = 0; file < 8; file++) digester().measure(chunked(DATA.length, [65_536]));
	expect(await measured(DATA.length)).toEqual(expected(DATA.length));
	expect(threads.started).toBe(1);
});
