import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../sandbox/domo/dataSets';
import type { DetailedFault } from '../../sandbox/domo/domo';
import { digest } from '../../sandbox/domo/domo';
import { type Bench, byId, type Outcome, receiptOf, startBench } from '../nodes/DomoWriteback/bench';
import { KINDS, type Place } from '../nodes/DomoWriteback/places';

/** Far enough that bytes are at the destination when Domo breaks off: Azure's blocks have 8 MiB. */
const AT_BYTE = 8_600_000;
const IDLE_SECONDS = 3;

type Told = readonly [reason: string, says: RegExp, hint: RegExp];

const CUT: Told = ['domoInterrupted', /^Domo stopped sending after \d+ bytes: the connection was cut$/, /starts again/];
const SILENT: Told = ['domoInterrupted', /^Domo sent nothing for 3 s after (\d{7}|0) bytes$/, /Idle Timeout/];
const SHORT: Told = ['rowsDiffer', /^Domo lists (\d+) rows and sent (?!\1$)\d+$/, /The target is unchanged/];

const FAULTS: ReadonlyArray<readonly [what: string, fault: DetailedFault, told: Told]> = [
	['closes the connection in mid-body', { kind: 'cut', atByte: AT_BYTE, how: 'close' }, CUT],
	['resets the connection in mid-body', { kind: 'cut', atByte: AT_BYTE, how: 'reset' }, CUT],
	['closes the connection before the first byte', { kind: 'cut', atByte: 0, how: 'close' }, CUT],
	['falls silent in mid-body', { kind: 'stall', atByte: AT_BYTE }, SILENT],
	['falls silent before the first byte', { kind: 'stall', atByte: 0 }, SILENT],
	['ends a body in mid-record as if it were complete', { kind: 'cut', atByte: AT_BYTE, how: 'end' }, SHORT],
	['ends a compressed body early', { kind: 'cut', atByte: 300_000, how: 'end' }, SHORT],
	['leaves rows out', { kind: 'short', missingRows: 700 }, SHORT],
];

/** Each break has its own DataSet, so that one execution suffers all of them side by side. */
const BREAKS = FAULTS.map(([what, fault, told], item) => {
	const gzip = what.includes('compressed');
	return { what, fault, told, item, dataSet: dataSets.large({ bytes: 9_000_000, name: `Domo ${what}`, gzip }) };
});
const [FIRST] = BREAKS.map(({ dataSet }) => dataSet);

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(BREAKS.map(({ dataSet }) => dataSet));
}, 120_000);
afterAll(async () => await bench?.close());

const parametersFor = (place: Place, id: string, transfer: IDataObject) => ({
	...place.parameters,
	dataSet: byId(id),
	transfer: { idleTimeout: IDLE_SECONDS, ...transfer },
});

/** Writes all DataSets at once; each suffers its break so many times. */
async function writeAll(place: Place, maxTries: number, times: number): Promise<Outcome> {
	for (const { dataSet, fault } of BREAKS) bench.domo.fault(dataSet.id, fault, times);
	const parameters = parametersFor(place, '={{ $json.id }}', { maxTries, itemsAtOnce: BREAKS.length });
	const items = BREAKS.map(({ dataSet }) => ({ id: dataSet.id }));
	return await bench.run({ parameters, items, onError: 'continueRegularOutput' });
}

describe.each(KINDS)('to %s, when Domo breaks at the last try', (kind) => {
	let outcome: Outcome;
	let place: Place;
	beforeAll(async () => {
		place = await bench.place(kind);
		outcome = await writeAll(place, 1, Infinity);
	}, 60_000);

	test.each(BREAKS)('and $what, it says so', ({ item, told: [reason, says, hint] }) => {
		expect(outcome.good[item]?.json).toEqual({
			error: expect.stringMatching(says),
			details: { reason, hint: expect.stringMatching(hint) },
		});
	});

	test('each export was asked for once', () => expect(outcome.asked.exports).toBe(BREAKS.length));

	test('nothing is there', async () => expect(await place.names()).toEqual([]));
});

describe.each(KINDS)('to %s, when Domo breaks once', (kind) => {
	let outcome: Outcome;
	let place: Place;
	beforeAll(async () => {
		place = await bench.place(kind);
		outcome = await writeAll(place, 2, 1);
	}, 60_000);

	test.each(BREAKS)('and $what, the second try writes all of it', async ({ item, dataSet }) => {
		const { bytes, sha256 } = await digest(dataSet);
		expect(outcome.good[item]?.json).toMatchObject({ tries: 2, verification: 'verified', bytes, sha256 });
		expect(await place.digest(`${dataSet.id}.csv`)).toEqual({ bytes, sha256 });
	});

	test('nothing else is there', async () => {
		expect((await place.names()).sort()).toEqual(BREAKS.map(({ dataSet }) => `${dataSet.id}.csv`).sort());
	});

	test('a file of before survives a later break', async () => {
		const id = FIRST?.id ?? '';
		bench.domo.fault(id, { kind: 'cut', atByte: AT_BYTE });
		const before = await place.digest(`${id}.csv`);
		const { run } = await bench.run({ parameters: parametersFor(place, id, { maxTries: 1 }) });
		expect(run.status).toBe('error');
		expect(await place.digest(`${id}.csv`)).toEqual(before);
	});
});

test('it is tried as often as Max Tries says', async () => {
	const place = await bench.place('sftp');
	const dataSet = dataSets.oneRow();
	bench.domo.add(dataSet);
	bench.domo.fault(dataSet.id, { kind: 'cut', atByte: 1 });
	const { asked } = await bench.run({ parameters: parametersFor(place, dataSet.id, { maxTries: 3 }) });
	expect(asked.exports).toBe(3);
	expect(await place.names()).toEqual([]);
});

test('a first byte that comes later than Idle Timeout is waited for', async () => {
	const dataSet = dataSets.awkward();
	bench.domo.add(dataSet);
	bench.domo.fault(dataSet.id, { kind: 'slowStart', ms: 1500 });
	const parameters = parametersFor(await bench.place('sftp'), dataSet.id, { idleTimeout: 1 });
	expect(receiptOf(await bench.run({ parameters }))).toMatchObject({ tries: 1 });
});

test('a Domo that fell silent is hung up on', async () => {
	let served = true;
	const dataSet = dataSets.large({ bytes: 100_000, name: 'Silent' });
	bench.domo.add({
		...dataSet,
		async *csv(options) {
			try {
				yield* dataSet.csv(options);
			} finally {
				served = false;
			}
		},
	});
	bench.domo.fault(dataSet.id, { kind: 'stall', atByte: 1000 });
	await bench.run({
		parameters: parametersFor(await bench.place('sftp'), dataSet.id, { maxTries: 1, idleTimeout: 1 }),
	});
	// The double notices a moment later that its client has gone.
	for (let waits = 0; served && waits < 100; waits++) await sleep(20);
	expect(served).toBe(false);
});
