/*
 * Text with one character for each byte of its UTF-8. Cells are compared in it, since most of an export is ASCII and its bytes then need no
 * decoding; two such texts have the order of their code points (RFC 3629, section 1).
 */

export function bytesOf(text: string): string {
	return Buffer.from(text).toString('latin1');
}

export function textOf(bytes: string): string {
	return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString();
}

/** The same text in lower case. */
export function foldedBytes(bytes: string): string {
	return isAscii(bytes) ? bytes.toLowerCase() : bytesOf(textOf(bytes).toLowerCase());
}

export function compareText(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

function isAscii(bytes: string): boolean {
	return !/[\x80-\xff]/.test(bytes);
}
