import { askDataSet } from './findDataSet';
import type { Snapshot } from './snapshot';
import type { Change, Difference, Watched } from './types';
import { afterReading, compareColumns } from './updateSchema';
import type { DataSet } from '../../../core/domo/dataSet';
import type { DomoRequest } from '../../../core/domo/request';

/** Reads the columns of those DataSets that may have other ones, no more than `most`, the longest unread first. The rest stay stale. */
export async function readStaleColumns(
	ask: DomoRequest,
	before: Snapshot,
	most: number,
	fires: boolean,
): Promise<Watched & { readonly isBehind: boolean }> {
	const stale = [...before.seen].filter(([, seen]) => seen.stale && !seen.gone).map(([id]) => id);
	const changes: Change[] = [];
	// A long listing may have cost more than there was.
	const readable = stale.slice(0, Math.max(0, most));
	let next = before;
	for (const id of readable) {
		const dataSet = await askDataSet(ask, id);
		const read = hasColumns(dataSet) ? compareColumns(next, id, dataSet.schema) : unread(next, id);
		next = read.next;
		if (fires && dataSet !== undefined && read.change) changes.push(ofColumns(dataSet, read.change));
	}
	return { changes, next, isBehind: stale.length > readable.length };
}

/** As above, of DataSets that came with their columns. */
export function takeColumns(dataSets: readonly DataSet[], before: Snapshot, fires: boolean): Watched {
	const changes: Change[] = [];
	let next = before;
	for (const dataSet of dataSets) {
		if (before.seen.get(dataSet.id)?.stale !== true || !hasColumns(dataSet)) continue;
		const read = compareColumns(next, dataSet.id, dataSet.schema);
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

/** Listed, and not to be had alone: it is tried again when Domo lists something else of it. */
function unread(before: Snapshot, id: string): { readonly next: Snapshot; readonly change?: undefined } {
	const seen = before.seen.get(id);
	return { next: seen === undefined ? before : afterReading(before, id, { ...seen, stale: false }) };
}
