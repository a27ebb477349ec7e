import * as fc from 'fast-check';
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
