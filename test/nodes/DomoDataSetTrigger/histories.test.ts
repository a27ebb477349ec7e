import * as fc from 'fast-check';
import { EVENTS } from '../../../nodes/DomoDataSetTrigger/changes/events';
import type { Choice, PollOptions } from '../../../nodes/DomoDataSetTrigger/changes/types';
import { RUNS } from '../../core/runs';
import { beginning, choiceOf, events, inTurn, isChosen, kind, mannerWithout, now } from './arbitraries';
import { deed, happen, type Step, step } from './history';
import { type Baseline, checkData, checkNew, checkRows, checkSchema, type Told } from './oracle';
import { Runner } from './runner';
import { IN_FULL, type Thing, World } from './world';

const MOST_REQUESTS = 22;

/** Deeds during the first poll that leave alone which DataSets there are to see: nobody can say whether such a one was there. */
const quietDeed = deed.filter((one) => ['update', 'rows', 'rename', 'jump'].includes(one.kind));

test('in random histories every change is reported once, and none is made up', async () => {
	await fc.assert(
		fc.asyncProperty(
			beginning,
			kind,
			events,
			fc.boolean(),
			fc.constantFrom(3, MOST_REQUESTS),
			fc.array(fc.record({ at: fc.integer({ min: 1, max: 4 }), deed: quietDeed }), { maxLength: 2 }),
			fc.array(step, { maxLength: 25 }),
			fc.array(
				mannerWithout('updatedAt', 'rows').map((one) => ({ ...one, wholeSeconds: false })),
				{ maxLength: 3 },
			),
			async (start, wanted, chosen, durable, mostRequests, during, steps, manners) => {
				const world = new World();
				for (const [key, { name, owner }] of start.entries()) world.create(key, name, owner, 1);
				const choice = choiceOf(wanted, world.things);
				const isNamed = (thing: Thing) => thing.visible && isChosen(choice, thing);
				// A rename in the first poll may take a DataSet out of those watched or bring it in, so it is held for another name filter.
				const calm = during.filter((one) => choice.kind !== 'name' || one.deed.kind !== 'rename');
				const wish: PollOptions = { choice, events: chosen, scope: 'same', emitOnFirstPoll: false };
				const runner = new Runner(world, wish, durable, mostRequests);
				const there = world.things.filter(isNamed);
				const first = now(world);
				await runner.step({ kind: 'poll', during: calm });
				// A choice that leads to nothing is refused.
				fc.pre(!runner.isFirst);
				const last = now(world);
				await runner.settle();
				const said = runner.fired.flat();
				const beforeSettled = new Map(said.map((change) => [change.dataSet.id, change]));
				world.manner = inTurn(manners.map((one) => ({ list: one, details: IN_FULL })));
				for (const one of steps) await runner.step(one);
				world.manner = () => IN_FULL;
				await runner.settle();
				expect(Math.max(...runner.requests)).toBeLessThanOrEqual(MOST_REQUESTS);
				for (const poll of runner.fired) expect(new Set(poll.map(({ dataSet }) => dataSet.id)).size).toBe(poll.length);
				for (const thing of world.things) {
					const wasThere = there.includes(thing);
					const baseline: Baseline | undefined = wasThere
						? { from: first.get(thing.id) ?? 0, to: last.get(thing.id) ?? 0 }
						: undefined;
					const changes = runner.fired.flat().filter(({ dataSet }) => dataSet.id === thing.id);
					const told: Told = { thing, baseline, changes, events: chosen, isWatched: isNamed(thing) };
					checkData(told);
					checkRows(told);
					checkNew(told);
					checkSchema(told, durable && !beforeSettled.has(thing.id));
				}
			},
		),
		{ ...RUNS },
	);
}, 900_000);

test('a world without deeds is told of never', async () => {
	const world = new World();
	for (let key = 0; key < 12; key++) world.create(key, 'Sales', 'Ann', key);
	const everything: Choice = { kind: 'name', contains: '' };
	const runner = new Runner(world, { choice: everything, events: EVENTS, scope: '', emitOnFirstPoll: false }, true);
	const polls: Step[] = Array.from({ length: 5 }, () => ({ kind: 'poll', during: [] }));
	for (const one of polls) await runner.step(one);
	happen(world, { kind: 'jump', seconds: -1000 });
	await runner.settle();
	expect(runner.fired).toEqual([]);
});
