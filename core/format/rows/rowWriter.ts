import type { Row } from '../csv/row';
import type { Column } from '../../domo/schema';

/**
 * Writes the rows of one file; call `open` once, `write` any number of times, `close` once, and `finish` where there is one. What each returns follows what was returned
 * before, belongs to the caller, piece by piece, and may be empty. Throws `setting` for a cell that the chosen options cannot write.
 */
export interface RowWriter {
	/** Set when every row comes out at once, as the same bytes in any file: what `write` returned may then be left out, or be written again. */
	readonly independent?: true;
	/** How many rows `write` takes at a time at most, where names or null values make rows long that were short; any number when absent. */
	readonly mostRows?: number;
	/** About how many bytes it keeps to write them later; none when absent. */
	readonly held?: number;
	/** What stands in front of the first row: a byte order mark, a header row, a magic number. */
	open(): Buffer;
	write(rows: readonly Row[]): readonly Buffer[];
	close(): readonly Buffer[];
	/** What stands behind all rows; to be called after `close`, in another turn of the event loop. */
	finish?(): readonly Buffer[];
}

/** Starts the writer of one file with these columns. */
export type OpenRowWriter = (columns: readonly Column[]) => RowWriter;
