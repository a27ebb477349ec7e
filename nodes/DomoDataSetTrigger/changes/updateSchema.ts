import { differ } from './compareFields';
import { diffSchemas } from './diffSchemas';
import type { DataSetState, Snapshot } from './snapshot';
import type { Difference } from './types';
import type { Column } from '../../../core/domo/schema';

/** Takes the columns of one DataSet, as just read, into the snapshot, and says how they differ from those known. */
export function updateSchema(
	before: Snapshot,
	id: string,
	schema: readonly Column[],
): { readonly next: Snapshot; readonly change?: NonNullable<Difference['schema']> } {
	const state = before.states.get(id);
	if (state === undefined) return { next: before };
	const next = afterReading(before, id, {
		...state,
		schema,
		columnsRead: state.columns ?? schema.length,
		stale: false,
	});
	if (state.schema === undefined) {
		// Without names, a count that differs is all there is to tell a change by.
		const { columnsRead, columns } = state;
		if (columnsRead === undefined || columns === undefined || !differ(columnsRead, columns)) return { next };
		return { next, change: { added: [], removed: [], retyped: [], columns: { before: columnsRead, after: columns } } };
	}
	const change = diffSchemas(state.schema, schema);
	const columns = { before: state.schema.length, after: schema.length };
	return change === undefined ? { next } : { next, change: { ...change, columns } };
}

/** The snapshot with one DataSet as it is now, at the end: whose columns were read is the last to be read again. */
export function afterReading(before: Snapshot, id: string, now: DataSetState): Snapshot {
	const state = new Map(before.states);
	state.delete(id);
	return { ...before, states: state.set(id, now) };
}
