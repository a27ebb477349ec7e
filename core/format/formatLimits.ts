/** Bounds that no DataSet of Domo meets. What is beyond is a damaged export, or an answer that means harm: it is refused before it fills the memory. */

/** Domo's own tables have some 1,500 columns. */
export const MOST_COLUMNS = 10_000;

/** Parquet holds a page, a dictionary and statistics of every column at once. */
export const MOST_PARQUET_COLUMNS = 2_000;

/** Of one cell or one row, in bytes or characters: whatever a reader has to hold at once. */
export const MOST_HELD = 4 * 1024 * 1024;
