import type { Column } from './dataSet';

/** What a query asks for. */
export interface Select {
	readonly columns: ReadonlyArray<Column & { readonly place: number }>;
	readonly limit?: number;
}

const STATEMENT = /^\s*select\s+([^;]+?)\s+from\s+table(?:\s+limit\s+(\d+))?\s*;?\s*$/i;
const COLUMN = /^(?:`([^`]+)`|([a-z_]\w*))(?:\s+as\s+(?:`([^`]+)`|([a-z_]\w*)))?$/i;

/**
 * The SQL that the double knows: `SELECT * FROM table`, or columns in place of `*`, names with spaces in backticks and each with or without
 * AS; with or without LIMIT. Anything else is a text that says what is refused.
 */
export function selectIn(sql: string, columns: readonly Column[]): Select | string {
	const [, list, limit] = STATEMENT.exec(sql) ?? [];
	if (list === undefined) return 'The sandbox knows SELECT of * or columns FROM table, with LIMIT';
	const all = columns.map((column, place) => ({ ...column, place }));
	const bounded = limit === undefined ? {} : { limit: Number(limit) };
	if (list === '*') return { columns: all, ...bounded };
	const chosen: Array<Column & { readonly place: number }> = [];
	// Quoted names may hold commas.
	for (const part of list.match(/(?:`[^`]*`|[^,`])+/g) ?? []) {
		const [, quoted, bare, alias, bareAlias] = COLUMN.exec(part.trim()) ?? [];
		const found = all.find(({ name }) => name === (quoted ?? bare));
		if (found === undefined) return `Unknown column in SELECT: ${part.trim()}`;
		chosen.push({ ...found, name: alias ?? bareAlias ?? found.name });
	}
	return { columns: chosen, ...bounded };
}
