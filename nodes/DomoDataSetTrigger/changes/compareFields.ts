import type { DataSetState } from './snapshot';
import type { Times } from './types';
import type { DataSet } from '../../../core/domo/dataSet';

/**
 * Domo's list of DataSets and its description of one may carry different fields, and may write a time with or without
 * milliseconds. So a field is compared only where both answers carry it: one that appears or disappears is no change.
 */
export function differ(before: number | undefined, after: number | undefined): boolean {
	return before !== undefined && after !== undefined && before !== after;
}

/** Whether a time that both answers carry is another one. */
export function timesDiffer(before: Times, after: Times): boolean {
	return comparable(before, after).some(
		([one, other]) => one !== other && instantOf(one, other) !== instantOf(other, one),
	);
}

/** Whether the DataSet may have changed since: something differs, or no time is there to compare. */
export function mayHaveChanged(state: DataSetState, now: DataSet): boolean {
	return (
		comparable(state, now).length === 0 ||
		timesDiffer(state, now) ||
		differ(state.rows, now.rows) ||
		differ(state.columns, now.columns)
	);
}

/** The times of an answer; what it leaves out is as it was last seen, unless that was before an update. */
export function lastKnownTimes(before: Times | undefined, { updatedAt, dataCurrentAt }: Times): Times {
	const now = { updatedAt, dataCurrentAt };
	// The other time of an update would else be taken for a second one as soon as an answer carries it.
	if (before === undefined || timesDiffer(before, now)) return now;
	return { updatedAt: updatedAt || before.updatedAt, dataCurrentAt: dataCurrentAt || before.dataCurrentAt };
}

function comparable(before: Times, after: Times): ReadonlyArray<readonly [string, string]> {
	const pairs = [
		[before.updatedAt, after.updatedAt],
		[before.dataCurrentAt, after.dataCurrentAt],
	] as const;
	return pairs.filter(([one, other]) => one !== '' && other !== '');
}

/** A time as a number, without its milliseconds where the other one has none; a text that is no time stays as it is. */
function instantOf(time: string, other: string): number | string {
	const parsed = Date.parse(time);
	if (Number.isNaN(parsed) || Number.isNaN(Date.parse(other))) return time;
	return time.includes('.') && other.includes('.') ? parsed : Math.floor(parsed / 1000);
}
