export const COMMA = 0x2c;
export const LF = 0x0a;
export const CR = 0x0d;
export const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const N = 0x4e;

/** A mark of byte order in UTF-8; its first byte begins other characters, too. */
export const BOM = Buffer.from('\ufeff');

/** Whether these bytes are `\N`, which is null without quotes. */
export function isBackslashN(bytes: Buffer, start: number, end: number): boolean {
	return end - start === 2 && bytes[start] === BACKSLASH && bytes[start + 1] === N;
}

/** Whether these bytes are a `SKIPPED_LINE`. */
export function isSkippedLine(bytes: Buffer, start: number, end: number): boolean {
	let offset = start;
	while (offset < end && (bytes[offset] === SPACE || bytes[offset] === TAB)) offset += 1;
	return offset === end || (end - start === 2 && bytes[start] === BACKSLASH && bytes[start + 1] === POINT);
}

/** A table by byte that has 1 for each of these. */
export function tableOf(bytes: Iterable<number>): Uint8Array {
	const table = new Uint8Array(256);
	for (const byte of bytes) table[byte] = 1;
	return table;
}
