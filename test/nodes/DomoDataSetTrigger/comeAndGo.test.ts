import * as fc from 'fast-check';
import { detectChanges } from '../../../nodes/DomoDataSetTrigger/changes/detectChanges';
import type { PollOptions } from '../../../nodes/DomoDataSetTrigger/changes/types';
import { RUNS } from '../../core/runs';
import { beginning, choiceOf, events, inTurn, kind, mannerWithout, now } from './arbitraries';
import { step } from './history';
import { Runner } from './runner';
import { World } from './world';

test('fields that only one of the two answers carries, or that come and go, make up no change', async () => {
	const both = fc.record({ list: mannerWithout(), details: mannerWithout() });
	await fc.assert(
		fc.asyncProperty(
			beginning,
			kind,
			events,
			fc.boolean(),
			fc.array(both, { minLength: 1, maxLength: 4 }),
			fc.array(step, { maxLength: 15 }),
			async (start, wanted, chosen, durable, manners, steps) => {
				const world = new World();
				for (const [key, { name, owner }] of start.entries()) world.create(key, name, owner, 1);
				const wish: PollOptions = {
					choice: choiceOf(wanted, world.things),
					events: chosen,
					scope: '',
					emitOnFirstPoll: false,
				};
				const runner = new Runner(world, wish, durable);
				await runner.step({ kind: 'poll', during: [] });
				fc.pre(!runner.isFirst);
				const since = new Map<string, number>();
				const first = now(world);
				world.manner = inTurn(manners);
				for (const one of steps) {
					const before = runner.fired.length;
					await runner.step(one);
					for (const { dataSet, events: told, change } of runner.fired.slice(before).flat()) {
						const isArrival =
							told.includes('newDataSet') || change.data?.before === null || change.rows?.before === null;
						const version = now(world).get(dataSet.id) ?? 0;
						for (const event of told) {
							const key = `${dataSet.id} ${event}`;
							const known = isArrival ? -1 : (since.get(key) ?? first.get(dataSet.id) ?? -1);
							expect([key, version > known]).toEqual([key, true]);
							// A change in the midst of the poll is told by it or by the next one.
							since.set(key, version - (one.kind === 'poll' ? one.during.length : 0));
						}
					}
				}
			},
		),
		{ numRuns: Math.ceil(RUNS.numRuns / 4) },
	);
}, 900_000);

/** A trigger of all DataSets, whose list is as they are visible. */
async function watching(world: World) {
	const options: PollOptions = {
		choice: { kind: 'name', contains: '' },
		events: ['dataUpdated', 'newDataSet'],
		scope: '',
		emitOnFirstPoll: false,
	};
	let { next } = await detectChanges(world.ask, options, undefined);
	return async (isVisible: (at: number) => boolean) => {
		for (const [at, thing] of world.things.entries()) thing.visible = isVisible(at);
		const polled = await detectChanges(world.ask, options, next);
		next = polled.next;
		return { fired: polled.changes.map(({ dataSet }) => dataSet.id), known: next.states.size };
	};
}

function worldOf(count: number): World {
	const world = new World(50);
	for (let key = 0; key < count; key++) world.create(key, 'Sales', 'Ann', 1);
	return world;
}

test.each([
	['empty', () => false],
	['cut short', (at: number) => at < 400],
] as const)('a list of 2,500 DataSets that is %s for two polls makes none of them new', async (_, isVisible) => {
	const poll = await watching(worldOf(2500));
	for (let polls = 0; polls < 2; polls++) expect((await poll(isVisible)).fired).toEqual([]);
	expect((await poll(() => true)).fired).toEqual([]);
});

test('of DataSets that come and go for ever, the last 1,000 that are gone are known', async () => {
	const world = worldOf(2700);
	const poll = await watching(world);
	await poll((at) => at < 300);
	// Others take the places of the longest gone, and what is known does not grow.
	for (let key = 0; key < 500; key++) world.create(key, 'Stock', 'Ann', 1);
	const { known } = await poll((at) => at < 300 || at >= 2700);
	expect(known).toBe(2700);
	const small = worldOf(300);
	const pollSmall = await watching(small);
	for (let round = 0; round < 4; round++) {
		for (let key = 0; key < 400; key++) small.create(key, 'Stock', 'Ann', 1);
		const { length } = small.things;
		expect((await pollSmall((at) => at < 300 || at >= length - 400)).known).toBeLessThanOrEqual(300 + 400 + 1000);
	}
});
