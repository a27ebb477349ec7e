import type { IDataObject } from 'n8n-workflow';

import type { TypedValue } from '../../../core/format/typedValue';

/** The `json` of a row: a field for each column, in order. */
export function rowJson(names: readonly string[], values: ReadonlyArray<TypedValue | boolean>): IDataObject {
	// `__proto__` is a name like any other.
	return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

/** The first name that two columns have, of which an item would hold only one; undefined when all differ. */
export function twiceIn(names: readonly string[]): string | undefined {
	const seen = new Set<string>();
	return names.find((name) => seen.has(name) || !seen.add(name));
}
