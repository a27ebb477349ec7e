import type { SecretForm } from './secretForms';

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

/** A text in which beginnings are looked for. */
export interface Spelling {
	readonly text: string;
	/** The same in lower case, and of the same length. */
	readonly lower: string;
	readonly isSqueezed: boolean;
}

/** How many characters before `end` are the first ones of a secret; 0 when they are none. The whole secret is found otherwise. */
export type BeginningBefore = (spelling: Spelling, end: number) => number;

/** Longer beginnings are pieces. */
const BEGINNING_CHARACTERS = 24;

/** Of forms whose first characters count, too, where a text ends or was cut; `least` of them are enough. */
export function beginningsOf(forms: readonly SecretForm[], least: number): BeginningBefore {
	const [exactCase, anyCase] = [true, false].map((isExact) => {
		const those = forms.filter((form) => form.exactCase === isExact);
		return {
			plain: new Set(those.flatMap(({ text }) => beginnings(text, least))),
			squeezed: new Set(those.flatMap(({ squeezed }) => beginnings(squeezed, least))),
		};
	});
	return ({ text, lower, isSqueezed }, end) => {
		const kind = isSqueezed ? 'squeezed' : 'plain';
		for (let length = Math.min(BEGINNING_CHARACTERS, end); length >= least; length--) {
			if (anyCase?.[kind].has(lower.slice(end - length, end))) return length;
			if (exactCase?.[kind].has(text.slice(end - length, end))) return length;
		}
		return 0;
	};
}

function beginnings(form: string, least: number): readonly string[] {
	const most = Math.min(form.length - 1, BEGINNING_CHARACTERS);
	return Array.from({ length: Math.max(0, most - least + 1) }, (_, more) => form.slice(0, least + more));
}
