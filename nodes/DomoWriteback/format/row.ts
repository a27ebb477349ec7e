/** One cell as Domo wrote it, never parsed to a number; null where Domo has no value (`\N`, or nothing without quotes). */
export type Cell = string | null;

/** The cells of one row, in the order of its columns. */
export type Row = readonly Cell[];

/**
 * Takes the cells out of rows that nobody looks at again. V8 may put rows where it seldom looks for garbage, as it does with what its
 * profile says is kept for long; the text of each would stay with them until then.
 */
export function empty(rows: readonly Row[]): void {
	for (const row of rows) if (Array.isArray(row)) row.length = 0;
}
