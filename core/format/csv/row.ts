/** One cell as Domo wrote it, never parsed to a number; null where Domo has no value (`\N`, or nothing without quotes). */
export type Cell = string | null;

/** The cells of one row, in the order of its columns. */
export type Row = readonly Cell[];

/** Takes the cells out of rows that aren't read again: one that outlived a collection would keep the text it was cut from until a full one. */
export function releaseRows(rows: readonly Row[]): void {
	for (const row of rows) if (Array.isArray(row)) row.length = 0;
}
