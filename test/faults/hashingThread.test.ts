import * as dataSets from '../../sandbox/domo/dataSets';
import { digest } from '../../sandbox/domo/domo';
import { allEnded, letAnHourPass, type ThreadFault, threads } from '../core/support/faultyThreads';
import { type Bench, byId, receiptOf, startBench } from '../nodes/DomoWriteback/bench';
import { KINDS } from '../nodes/DomoWriteback/places';

jest.mock('node:worker_threads', () => jest.requireActual('../core/support/faultyThreads').workerThreadsWithFaults);
jest.mock('../../core/support/hashing/hashSpeed', () => ({
	noteHashSpeed: () => undefined,
	isHashingSlow: () => true,
}));

const DATA_SET = dataSets.large({ bytes: 24_000_000, name: 'Hashed in a thread' });
const NAME = `${DATA_SET.id}.csv`;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());
beforeEach(() => {
	letAnHourPass();
	Object.assign(threads, { fault: undefined, started: 0, blocks: 0, faults: [] });
});

/** What may go wrong, and how many exports it takes. */
const FAULTS: ReadonlyArray<readonly [fault: ThreadFault | undefined, exports: number]> = [
	[undefined, 1],
	['refused', 1],
	['fails to start', 1],
	['silent from the start', 1],
	['killed', 2],
	['out of memory', 2],
	['silent in mid-file', 2],
];
const CASES = KINDS.flatMap((kind) => FAULTS.map(([fault, exports]) => ({ kind, fault, exports })));

test.each(CASES)(
	'$kind: hashing thread $fault: the file and its digest are the same, in one try',
	async ({ kind, fault, exports }) => {
		threads.fault = fault;
		const place = await bench.place(kind);
		const parameters = { ...place.parameters, dataSet: byId(DATA_SET.id), transfer: { maxTries: 1 } };
		const outcome = await bench.run({ parameters });
		const whole = await digest(DATA_SET);
		expect(receiptOf(outcome)).toMatchObject({ ...whole, tries: 1, verification: 'verified' });
		expect(await place.digest(NAME)).toEqual({ bytes: whole.bytes, sha256: whole.sha256 });
		expect(await place.names()).toEqual([NAME]);
		expect({ started: threads.started, exports: outcome.asked.exports }).toEqual({ started: 1, exports });
		await allEnded();
	},
	90_000,
);

test.each(KINDS)(
	'%s: an execution that is stopped while it waits for a silent thread ends, and nothing is there',
	async (kind) => {
		threads.fault = 'silent in mid-file';
		const place = await bench.place(kind);
		const stop = new AbortController();
		const running = bench.run({ parameters: { ...place.parameters, dataSet: byId(DATA_SET.id) }, signal: stop.signal });
		// All blocks are lent: it waits for the first that the thread does not answer.
		while (threads.blocks < 72) await new Promise(setImmediate);
		const stoppedAt = Date.now();
		stop.abort();
		expect((await running).run.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(5_000);
		expect(await place.names()).toEqual([]);
		await allEnded();
	},
	60_000,
);
