import { differ } from './compareFields';
import { schemaChange } from './diffSchemas';
import type { Seen, Snapshot } from './snapshot';
import type { Difference } from './types';
import type { Column } from '../../../core/domo/schema';

/** Takes the columns of one DataSet, as just read, into the snapshot, and says how they differ from those known. */
export function compareColumns(
	before: Snapshot,
	id: string,
	schema: readonly Column[],
): { readonly next: Snapshot; readonly change?: NonNullable<Difference['schema']> } {
	const known = before.seen.get(id);
	if (known === undefined) return { next: before };
	const next = afterReading(before, id, {
		...known,
		schema,
		columnsRead: known.columns ?? schema.length,
		stale: false,
	});
	if (known.schema === undefined) {
		// Without names, a count that differs is all there is to tell a change by.
		const { columnsRead, columns } = known;
		if (columnsRead === undefined || columns === undefined || !differ(columnsRead, columns)) return { next };
		return { next, change: { added: [], removed: [], retyped: [], columns: { before: columnsRead, after: columns } } };
	}
	const change = schemaChange(known.schema, schema);
	const columns = { before: known.schema.length, after: schema.length };
	return change === undefined ? { next } : { next, change: { ...change, columns } };
}

/** The snapshot with one DataSet as it is now, at the end: whose columns were read is the last to be read again. */
export function afterReading(before: Snapshot, id: string, now: Seen): Snapshot {
	const seen = new Map(before.seen);
	seen.delete(id);
	return { ...before, seen: seen.set(id, now) };
}
