import * as fc from 'fast-check';
import { setTimeout } from 'node:timers/promises';
import { createNameClaims, type EarlierRuns, type ClaimedNames } from '../../../core/transfer/nameClaims';
import { RUNS } from '../runs';

const NO_RUNS: EarlierRuns = { writerOf: () => undefined, note: () => undefined };
const never = new AbortController().signal;

const wanted = fc.record({
	file: fc.constantFrom('a', 'b', 'c'),
	done: fc.option(fc.constantFrom('a', 'd'), { nil: undefined }),
});
const item = fc.record({ wanted, ms: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() });

/** Each item wants names after a time of its own, or fails before. */
async function whoGets(
	items: ReadonlyArray<{ wanted: { file: string; done: string | undefined }; ms: number; fails: boolean }>,
) {
	const claim = createNameClaims(NO_RUNS);
	const got = items.map(async ({ wanted: { file, done }, ms, fails }, at) => {
		const own = claim(at);
		try {
			await setTimeout(ms);
			if (fails) return 'failed';
			await own.turn(never);
			const all: ClaimedNames = { file, ...(done !== undefined && { done }) };
			const conflict = own.claim(all);
			return conflict === undefined ? 'got' : `${conflict.of} of ${conflict.item}`;
		} finally {
			own.pass();
		}
	});
	return await Promise.all(got);
}

test('who gets a name depends on the order of the items, and never on who is faster', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(item, { maxLength: 8 }), async (items) => {
			const inTurn = await whoGets(items.map((one) => ({ ...one, ms: 0 })));
			expect(await whoGets(items)).toEqual(inTurn);
			const names = items.flatMap(({ wanted: { file, done } }, at) => (inTurn[at] === 'got' ? [file, done] : []));
			const taken = names.filter((name) => name !== undefined);
			// An item whose own file and done file are one was refused before.
			const own = items.filter(({ wanted: { file, done } }, at) => inTurn[at] === 'got' && file === done).length;
			expect(new Set(taken).size).toBe(taken.length - own);
		}),
		{ ...RUNS, numRuns: Math.min(60, RUNS.numRuns ?? 60) },
	);
});

test('a turn ends when the execution does', async () => {
	const claim = createNameClaims(NO_RUNS);
	claim(0);
	const stop = new AbortController();
	const turn = claim(1).turn(stop.signal);
	stop.abort();
	await expect(turn).rejects.toMatchObject({ reason: 'cancelled' });
});

test('parts of two items never meet, whichever is stored first', () => {
	const claim = createNameClaims(NO_RUNS);
	const [one, two] = [claim(0), claim(1)];
	expect(one.claim({ file: 'x00001', parts: /^x\d{5,}$/ })).toBeUndefined();
	expect(two.claim({ file: 'x1-00001', parts: /^x1-\d{5,}$/ })).toBeUndefined();
	expect(one.claimPart('x00002')).toBeUndefined();
	expect(two.claimPart('x00003')).toBe(0);
	expect(claim(2).claim({ file: 'y', done: 'x00009' })).toEqual({ item: 0, of: 'done' });
	expect(one.claimPart('x00002')).toBeUndefined();
});
