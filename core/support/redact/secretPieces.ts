import type { SecretForm } from './secretForms';

/** A secret of at least this length is known by any piece of `PIECE_CHARACTERS`: it may come cut, or in lines of another length. */
const LONG_CHARACTERS = 24;
const PIECE_CHARACTERS = 16;

/** What stands around the bytes of a private key, and the lines before them, are no secret. */
const ARMOR = /-----[^-\r\n]{1,80}-----/gu;
const KEY_HEADERS = /^[A-Za-z][\w-]{0,40}: .*$/gmu;

/** Every piece holds one of these blocks whole, as they stand side by side in the secret: an eighth of the work of keeping every piece. */
const BLOCK_CHARACTERS = 8;
const AROUND_CHARACTERS = PIECE_CHARACTERS - 1;

/** Blocks of long secrets, with the characters before and behind each. */
export type SecretPieces = ReadonlyMap<string, ReadonlySet<string>>;

/** What stands before a block, the block, and what stands behind it; `\0` where the secret begins or ends. */
const contextOf = (padded: string, at: number) => padded.slice(at, at + BLOCK_CHARACTERS + 2 * AROUND_CHARACTERS);

/** The pieces of long secrets, in lower case and without white space. */
export function piecesOf(secrets: Iterable<string>): SecretPieces {
	const pieces = new Map<string, Set<string>>();
	for (const secret of secrets) {
		const lines = secret.replaceAll('\\n', '\n').trim();
		const bare = (lines.includes('\n') ? lines.replace(KEY_HEADERS, '') : lines).replace(ARMOR, '');
		const text = bare.replace(/\s+/gu, '').toLowerCase();
		if (text.length < LONG_CHARACTERS) continue;
		const edge = '\0'.repeat(AROUND_CHARACTERS);
		const padded = edge + text + edge;
		for (let at = 0; at + BLOCK_CHARACTERS <= text.length; at += BLOCK_CHARACTERS) {
			const block = text.slice(at, at + BLOCK_CHARACTERS);
			const contexts = pieces.get(block);
			if (contexts === undefined) pieces.set(block, new Set([contextOf(padded, at)]));
			else contexts.add(contextOf(padded, at));
		}
	}
	return pieces;
}

/** Where pieces stand in a text in lower case: from, and up to; they may overlap. */
export function findPieces(text: string, pieces: SecretPieces): ReadonlyArray<readonly [from: number, to: number]> {
	const found: Array<readonly [number, number]> = [];
	for (let at = 0; pieces.size > 0 && at + BLOCK_CHARACTERS <= text.length; at++) {
		for (const context of pieces.get(text.slice(at, at + BLOCK_CHARACTERS)) ?? []) {
			const range = pieceAround(text, at, context);
			if (range !== undefined) found.push(range);
		}
	}
	return found;
}

/** How far the text goes on as the secret does, on both sides of a block that stands at `at`. */
function pieceAround(text: string, at: number, context: string): readonly [from: number, to: number] | undefined {
	let [from, to] = [at, at + BLOCK_CHARACTERS];
	const shift = AROUND_CHARACTERS - at;
	while (from > 0 && from + shift > 0 && text[from - 1] === context[from - 1 + shift]) from--;
	while (to < text.length && to + shift < context.length && text[to] === context[to + shift]) to++;
	return to - from < PIECE_CHARACTERS ? undefined : [from, to];
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
