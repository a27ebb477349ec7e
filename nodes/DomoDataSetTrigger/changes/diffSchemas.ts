import type { Column, ColumnType } from '../../../core/domo/schema';

/** How the columns of a DataSet differ from those it had; their order does not count. */
export interface SchemaChange {
	readonly added: readonly Column[];
	readonly removed: readonly Column[];
	readonly retyped: ReadonlyArray<{ readonly name: string; readonly before: ColumnType; readonly after: ColumnType }>;
}

/** Undefined when nothing differs. */
export function diffSchemas(before: readonly Column[], after: readonly Column[]): SchemaChange | undefined {
	const old = byPlace(before);
	const now = byPlace(after);
	const added = [...now].filter(([place]) => !old.has(place)).map(([, column]) => column);
	const removed = [...old].filter(([place]) => !now.has(place)).map(([, column]) => column);
	const retyped = [...now].flatMap(([place, { name, type }]) => {
		const was = old.get(place);
		return was === undefined || was.type === type ? [] : [{ name, before: was.type, after: type }];
	});
	return added.length + removed.length + retyped.length === 0 ? undefined : { added, removed, retyped };
}

/** Two columns may have the same name: the second is another one. */
function byPlace(columns: readonly Column[]): Map<string, Column> {
	const found = new Map<string, Column>();
	const times = new Map<string, number>();
	for (const column of columns) {
		const before = times.get(column.name) ?? 0;
		times.set(column.name, before + 1);
		found.set(`${before} ${column.name}`, column);
	}
	return found;
}
