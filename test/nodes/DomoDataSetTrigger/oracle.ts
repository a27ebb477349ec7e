import type { Column } from '../../../core/domo/schema';
import type { Event } from '../../../nodes/DomoDataSetTrigger/changes/events';
import type { SchemaChange } from '../../../nodes/DomoDataSetTrigger/changes/diffSchemas';
import type { Change } from '../../../nodes/DomoDataSetTrigger/changes/types';
import { latest, type Thing, type Version } from './world';

/** What a DataSet was like when the trigger took note of it without a word; undefined for one that came later. */
export interface Baseline {
	/** The states it went through during that poll. */
	readonly from: number;
	readonly to: number;
}

export interface Told {
	readonly thing: Thing;
	readonly baseline: Baseline | undefined;
	/** All that was said of it, in order. */
	readonly changes: readonly Change[];
	readonly events: readonly Event[];
	/** Still among those watched, so that nothing may be left unsaid. */
	readonly isWatched: boolean;
}

/** Every "before" is the "after" that was said last, every "after" was true later than the one before, and the last one is true now. */
export function checkData({ thing, baseline, changes, events, isWatched }: Told): void {
	if (!events.includes('dataUpdated')) return;
	let known = baseline;
	for (const { change } of changes) {
		if (change.data === undefined) continue;
		const { before, after } = change.data;
		if (known === undefined) same(before, null, 'an arrival has no past');
		else
			same(
				inWindow(thing, known).some((one) => one.updatedAt === before?.updatedAt),
				true,
				'what was said before',
			);
		const at = thing.versions.findIndex(({ updatedAt }) => updatedAt === after.updatedAt);
		same(at > (known?.from ?? -1), true, `later than before: ${JSON.stringify(change.data)}`);
		known = { from: at, to: at };
	}
	if (!isWatched) return;
	const now = thing.versions.length - 1;
	same(known !== undefined && known.from <= now && known.to >= now, true, 'the last change was told');
}

export function checkRows({ thing, baseline, changes, events, isWatched }: Told): void {
	if (!events.includes('rowsChanged')) return;
	let known = baseline && inWindow(thing, baseline).map(({ rows }) => rows);
	let at = baseline?.from ?? 0;
	for (const { change } of changes) {
		if (change.rows === undefined) continue;
		const { before, after } = change.rows;
		if (known === undefined) same(before, null, 'an arrival has no past');
		else
			same(before !== after && before !== null && known.includes(before), true, 'another count than was said before');
		at = thing.versions.findIndex(({ rows }, index) => index >= at && rows === after);
		same(at >= 0, true, `there were ${after} rows`);
		known = [after];
	}
	if (isWatched) same(known?.includes(latest(thing).rows), true, 'the last count was told');
}

/** New is said once of what came later, with its first item, and never of what was there. */
export function checkNew({ baseline, changes, events, isWatched }: Told): void {
	if (!events.includes('newDataSet')) return;
	const said = changes.map((change) => change.events.includes('newDataSet'));
	const times = said.filter(Boolean).length;
	if (baseline !== undefined) return same(times, 0, 'it was there from the start');
	if (isWatched || changes.length > 0) same([times, said[0]], [1, true], 'new once, and first');
}

/** Each change leads from columns it had to columns it had later; where the columns were known, nothing is left out. */
export function checkSchema({ thing, baseline, changes, events, isWatched }: Told, complete: boolean): void {
	if (!events.includes('schemaChanged')) return;
	let known = baseline && complete ? columnsOf(thing.versions[baseline.to]) : undefined;
	let at = baseline?.from ?? 0;
	for (const { schema } of changes.map(({ change }) => change)) {
		if (schema === undefined) continue;
		const isNamed = schema.added.length + schema.removed.length + schema.retyped.length > 0;
		const pairs = thing.versions.flatMap((before, from) =>
			thing.versions.slice(from + 1).map((after, later) => ({ before, after, to: from + 1 + later })),
		);
		const fitting = pairs.filter(({ before, after, to }) => {
			if (to < at || (known !== undefined && columnsOf(before) !== known)) return false;
			const isCounted = before.schema.length === schema.columns.before && after.schema.length === schema.columns.after;
			return isCounted && (!isNamed || applied(before.schema, schema) === columnsOf(after));
		});
		const [first] = fitting;
		if (first === undefined)
			throw new Error(`No such columns: ${JSON.stringify({ schema, versions: thing.versions })}`);
		at = first.to;
		known = isNamed ? columnsOf(first.after) : undefined;
	}
	if (isWatched && known !== undefined) same(known, columnsOf(latest(thing)), 'the last columns were told');
}

function inWindow({ versions }: Thing, { from, to }: Baseline): readonly Version[] {
	return versions.slice(from, to + 1);
}

function applied(before: readonly Column[], { added, removed, retyped }: SchemaChange): string {
	const gone = removed.map(({ name }) => name);
	if (gone.some((name) => !before.some((one) => one.name === name))) return 'not these';
	if (retyped.some((one) => before.find(({ name }) => name === one.name)?.type !== one.before)) return 'not these';
	const kept = before.filter(({ name }) => !gone.includes(name));
	const after = kept.map((column) => ({
		...column,
		type: retyped.find(({ name }) => name === column.name)?.after ?? column.type,
	}));
	return text([...after, ...added]);
}

function columnsOf(version: Version | undefined): string {
	return text(version?.schema ?? []);
}

function text(columns: readonly Column[]): string {
	return columns
		.map(({ name, type }) => `${name} ${type}`)
		.sort()
		.join();
}

function same(found: unknown, wanted: unknown, what: string): void {
	if (JSON.stringify(found) !== JSON.stringify(wanted)) {
		throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
	}
}
