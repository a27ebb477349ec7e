/** A secret of at least this length is known by any piece of `PIECE_CHARACTERS`: it may come cut, or in lines of another length. */
const LONG_CHARACTERS = 24;
const PIECE_CHARACTERS = 16;

/** What stands around the bytes of a private key, and the lines before them, are no secret. */
const ARMOR = /-----[^-\r\n]{1,80}-----/gu;
const KEY_HEADERS = /^[A-Za-z][\w-]{0,40}: .*$/gmu;

/** All pieces of long secrets, in lower case and without white space. */
export function piecesOf(secrets: Iterable<string>): ReadonlySet<string> {
	const pieces = new Set<string>();
	for (const secret of secrets) {
		const lines = secret.replaceAll('\\n', '\n').trim();
		const bare = (lines.includes('\n') ? lines.replace(KEY_HEADERS, '') : lines).replace(ARMOR, '');
		const text = bare.replace(/\s+/gu, '').toLowerCase();
		if (text.length < LONG_CHARACTERS) continue;
		for (let at = 0; at + PIECE_CHARACTERS <= text.length; at++) pieces.add(text.slice(at, at + PIECE_CHARACTERS));
	}
	return pieces;
}

/** Where pieces stand in a text in lower case: from, and up to. */
export function findPieces(
	text: string,
	pieces: ReadonlySet<string>,
): ReadonlyArray<readonly [from: number, to: number]> {
	const found: Array<readonly [number, number]> = [];
	for (let at = 0; pieces.size > 0 && at + PIECE_CHARACTERS <= text.length; at++) {
		if (pieces.has(text.slice(at, at + PIECE_CHARACTERS))) found.push([at, at + PIECE_CHARACTERS]);
	}
	return found;
}
