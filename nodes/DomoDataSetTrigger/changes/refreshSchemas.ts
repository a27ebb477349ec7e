import { findOrSayWhyNot } from './findDataSet';
import type { Snapshot } from './snapshot';
import type { Change, Difference, PollResult } from './types';
import { afterReading, updateSchema } from './updateSchema';
import type { DataSet } from '../../../core/domo/dataSet';
import type { DomoRequest } from '../../../core/domo/request';

/** Reads the columns of those DataSets that may have other ones, no more than `most`, the longest unread first. The rest stay stale. */
export async function refreshSchemas(
	request: DomoRequest,
	before: Snapshot,
	most: number,
	fires: boolean,
): Promise<PollResult & { readonly isBehind: boolean }> {
	const stale = [...before.states].filter(([, state]) => state.stale && !state.gone).map(([id]) => id);
	const changes: Change[] = [];
	// A long listing may have cost more than there was.
	const readable = stale.slice(0, Math.max(0, most));
	let next = before;
	for (const id of readable) {
		const found = await findOrSayWhyNot(request, id);
		const dataSet = typeof found === 'string' ? undefined : found;
		const read = hasColumns(dataSet) ? updateSchema(next, id, dataSet.schema) : unread(next, id, found === 'notFound');
		next = read.next;
		if (fires && dataSet !== undefined && read.change) changes.push(ofColumns(dataSet, read.change));
	}
	return { changes, next, isBehind: stale.length > readable.length };
}

/** As above, of DataSets that came with their columns: they cost no request, so they are compared whether or not anything else differs. */
export function applyListedSchemas(dataSets: readonly DataSet[], before: Snapshot, fires: boolean): PollResult {
	const changes: Change[] = [];
	let next = before;
	for (const dataSet of dataSets) {
		if (!hasColumns(dataSet)) continue;
		const read = updateSchema(next, dataSet.id, dataSet.schema);
		next = read.next;
		if (fires && read.change) changes.push(ofColumns(dataSet, read.change));
	}
	return { changes, next };
}

function ofColumns(dataSet: DataSet, schema: NonNullable<Difference['schema']>): Change {
	return { dataSet, events: ['schemaChanged'], change: { schema } };
}

/** An answer without a schema says nothing of the columns. */
function hasColumns(dataSet: DataSet | undefined): dataSet is DataSet {
	return dataSet !== undefined && (dataSet.schema.length > 0 || dataSet.columns === 0);
}

/**
 * Listed, and not to be had alone: it is tried again when Domo lists something else of it. One that was taken away in this moment may come
 * back as it was, so its columns are still to be read.
 */
function unread(
	before: Snapshot,
	id: string,
	mayComeBack: boolean,
): { readonly next: Snapshot; readonly change?: undefined } {
	const state = before.states.get(id);
	return { next: state === undefined ? before : afterReading(before, id, { ...state, stale: mayComeBack }) };
}
