import * as fc from 'fast-check';
import type { Choice } from '../../../nodes/DomoDataSetTrigger/changes/types';
import { EVENTS } from '../../../nodes/DomoDataSetTrigger/changes/events';
import { type Answer, IN_FULL, type Manner, OMISSIBLE, type Omissible, type Thing, type World } from './world';

export const kind = fc.constantFrom('everything', 'name', 'owner', 'dataSets');
export const events = fc.subarray([...EVENTS], { minLength: 1 });
export const beginning = fc.array(
	fc.record({ name: fc.constantFrom('Sales', 'Stock'), owner: fc.constantFrom('Ann', 'Bo') }),
	{
		minLength: 1,
		maxLength: 9,
	},
);

export function choiceOf(wanted: string, things: readonly Thing[]): Choice {
	if (wanted === 'owner') return { kind: 'owner', owner: 'ann' };
	if (wanted === 'name') return { kind: 'name', contains: 'sales' };
	if (wanted === 'everything') return { kind: 'name', contains: '' };
	return { kind: 'dataSets', ids: new Set(things.slice(0, 4).map(({ id }) => id)) };
}

export function isChosen(choice: Choice, { id, name, owner }: Thing): boolean {
	if (choice.kind === 'dataSets') return choice.ids.has(id);
	if (choice.kind === 'owner') return owner.toLowerCase() === choice.owner;
	return name.toLowerCase().includes(choice.contains);
}

export const mannerWithout = (...never: readonly Omissible[]): fc.Arbitrary<Manner> =>
	fc.record({
		omits: fc.subarray(OMISSIBLE.filter((field) => !never.includes(field))),
		wholeSeconds: fc.boolean(),
	});

/** Answers that carry one thing and then another, each DataSet in its own way. */
export function inTurn(manners: ReadonlyArray<Readonly<Record<Answer, Manner>>>): (answer: Answer) => Manner {
	let asked = 0;
	return (answer) => manners[asked++ % manners.length]?.[answer] ?? IN_FULL;
}

/** How far each DataSet has come. */
export const now = ({ things }: World) => new Map(things.map(({ id, versions }) => [id, versions.length - 1]));
