/** One cell as Domo wrote it, never parsed to a number; null where Domo has no value (`\N`, or nothing without quotes). */
export type Cell = string | null;

/** The cells of one row, in the order of its columns. */
export type Row = readonly Cell[];
