/*
 * Text with one character for each byte of its UTF-8. Cells are compared in it, since most of an export is ASCII and its bytes then need no
 * decoding; two such texts have the order of their code points (RFC 3629, section 1).
 */

/** Bytes, and the same as such a text. */
export interface ByteText {
	readonly bytes: Buffer;
	readonly text: string;
}

/** The cells of one row that are wanted, by their places among those. */
export interface RowCells {
	/** Whether the cell has no value, or no text. */
	isEmpty(place: number): boolean;
	/** What `use` makes of the cell's bytes, which are those of `source` between `from` and `to`. */
	read<T>(place: number, use: CellUse<T>): T;
}

export type CellUse<T> = (source: ByteText, from: number, to: number) => T;

export function bytesOf(text: string): string {
	return Buffer.from(text).toString('latin1');
}

export function textOf(bytes: string): string {
	return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString();
}

/** What a reader sees of a cell. */
export const cellText: CellUse<string> = ({ text }, from, to) => textOf(text.slice(from, to));

/** The same text in lower case, as `folded` makes it. */
export function foldedBytes(bytes: string): string {
	return isAscii(bytes) ? bytes.toLowerCase() : bytesOf(folded(textOf(bytes)));
}

/** Text in lower case. Greek has two forms of one letter, the second at the end of a word: where it stands must not matter. */
export function folded(text: string): string {
	return text.toLowerCase().replaceAll('ς', 'σ');
}

export function compareText(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

function isAscii(bytes: string): boolean {
	return !/[\x80-\xff]/.test(bytes);
}
