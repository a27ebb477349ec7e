import type { Snapshot } from './snapshot';
import type { Choice, PollOptions } from './types';
import type { DataSet } from '../../../core/domo/dataSet';

/** What the log gets once of a poll that went well: DataSets that are lost, none left to watch, or nothing to tell a change by. */
export function pollWarnings(
	{ choice, events }: PollOptions,
	before: Snapshot | undefined,
	next: Snapshot,
	watched: readonly DataSet[],
): readonly string[] {
	return [
		...(choice.kind === 'dataSets' ? newlyGone(before, next) : nothingLeft(choice, before, next)),
		...(events.includes('dataUpdated') && before === undefined ? untimed(watched) : []),
	];
}

function newlyGone(before: Snapshot | undefined, { states }: Snapshot): readonly string[] {
	return [...states]
		.filter(([id, { gone }]) => gone && before?.states.get(id)?.gone === false)
		.map(([id]) => `DataSet ${id} was deleted in Domo or is no longer shared; the trigger keeps watching it`);
}

function nothingLeft(
	choice: Exclude<Choice, { readonly kind: 'dataSets' }>,
	before: Snapshot | undefined,
	next: Snapshot,
): readonly string[] {
	const isAny = (snapshot: Snapshot | undefined) => [...(snapshot?.states.values() ?? [])].some(({ gone }) => !gone);
	if (!isAny(before) || isAny(next)) return [];
	const whose =
		choice.kind === 'owner'
			? ` owned by "${choice.owner}"`
			: choice.contains && ` whose name contains "${choice.contains}"`;
	return [
		`this client sees no DataSet${whose} anymore; the trigger keeps running, and starts the workflow when one appears again`,
	];
}

function untimed(watched: readonly DataSet[]): readonly string[] {
	const count = watched.filter(({ updatedAt, dataCurrentAt }) => updatedAt === '' && dataCurrentAt === '').length;
	if (count === 0) return [];
	return [
		`Domo lists no time of the last update for ${count} of ${watched.length} watched DataSets; the event Data Updated can't detect their updates`,
	];
}
