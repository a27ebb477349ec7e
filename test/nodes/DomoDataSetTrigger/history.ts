import * as fc from 'fast-check';
import type { Column } from '../../../core/domo/schema';
import { latest, type Thing, type World } from './world';

/** Something that happens in Domo. `which` picks the DataSet, whatever their number. */
export type Deed =
	| { readonly kind: 'create'; readonly which: number; readonly name: string; readonly owner: string }
	| { readonly kind: 'update' | 'hide' | 'show'; readonly which: number }
	| { readonly kind: 'rows'; readonly which: number; readonly rows: number }
	| { readonly kind: 'schema'; readonly which: number; readonly how: 'add' | 'remove' | 'retype' }
	| { readonly kind: 'rename'; readonly which: number; readonly name: string }
	| { readonly kind: 'give'; readonly which: number; readonly owner: string }
	| { readonly kind: 'jump'; readonly seconds: number };

/** Something that happens to the trigger. */
export type Step =
	| { readonly kind: 'deed'; readonly deed: Deed }
	/** A poll, with deeds just before some of its requests; with `failAt` the request of that number fails. */
	| {
			readonly kind: 'poll';
			readonly during: ReadonlyArray<{ readonly at: number; readonly deed: Deed }>;
			readonly failAt?: number;
	  }
	/** n8n ends, or the workflow is deactivated, and starts again from what was stored. */
	| { readonly kind: 'restart' }
	/** The user gives the node another name, or an earlier one, and publishes the workflow. */
	| { readonly kind: 'renameNode'; readonly name: string };

const which = fc.nat(40);
const name = fc.constantFrom('Sales', 'sales 2', 'Stock', 'Costs');
const owner = fc.constantFrom('Ann', 'Robert');

export const deed: fc.Arbitrary<Deed> = fc.oneof(
	fc.record({ kind: fc.constant('create' as const), which, name, owner }),
	fc.record({ kind: fc.constantFrom('update' as const, 'hide' as const, 'show' as const), which }),
	fc.record({ kind: fc.constant('rows' as const), which, rows: fc.nat(3) }),
	fc.record({
		kind: fc.constant('schema' as const),
		which,
		how: fc.constantFrom('add' as const, 'remove' as const, 'retype' as const),
	}),
	fc.record({ kind: fc.constant('rename' as const), which, name }),
	fc.record({ kind: fc.constant('give' as const), which, owner }),
	fc.record({ kind: fc.constant('jump' as const), seconds: fc.integer({ min: -30, max: 30 }) }),
);

const during = fc.array(fc.record({ at: fc.integer({ min: 1, max: 6 }), deed }), { maxLength: 2 });

export const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: deed.map((one): Step => ({ kind: 'deed', deed: one })) },
	{ weight: 3, arbitrary: during.map((deeds): Step => ({ kind: 'poll', during: deeds })) },
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('poll' as const), during, failAt: fc.integer({ min: 1, max: 6 }) }),
	},
	{ weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
	{ weight: 1, arbitrary: fc.constantFrom('A', 'B', 'C').map((to): Step => ({ kind: 'renameNode', name: to })) },
);

/** Lets it happen; what needs a DataSet does nothing when there is none. */
export function happen(world: World, one: Deed): void {
	if (one.kind === 'create') return world.create(one.which, one.name, one.owner, 1);
	if (one.kind === 'jump') return world.jump(one.seconds);
	const thing = world.things[one.which % Math.max(1, world.things.length)];
	if (thing === undefined) return;
	if (one.kind === 'update') world.change(thing, {});
	else if (one.kind === 'rows') world.change(thing, { rows: one.rows });
	else if (one.kind === 'schema') world.change(thing, { schema: altered(thing, one.how) });
	else if (one.kind === 'rename') thing.name = one.name;
	else if (one.kind === 'give') thing.owner = one.owner;
	else thing.visible = one.kind === 'show';
}

function altered(thing: Thing, how: 'add' | 'remove' | 'retype'): readonly Column[] {
	const { schema } = latest(thing);
	const [first, ...rest] = schema;
	if (how === 'add' || first === undefined) return [...schema, { name: `c${thing.versions.length}`, type: 'STRING' }];
	if (how === 'remove') return rest;
	return [...rest, { ...first, type: first.type === 'LONG' ? 'DOUBLE' : 'LONG' }];
}
