import type { SecretForm } from './secretForms';

/** A text in which beginnings are looked for. */
export interface Spelling {
	readonly text: string;
	/** The same in lower case, and of the same length. */
	readonly lower: string;
	readonly isSqueezed: boolean;
}

/** How many characters before `end` are the first ones of a secret; 0 when they are none. The whole secret is found otherwise. */
export type BeginningBefore = (spelling: Spelling, end: number) => number;

/** Longer beginnings are pieces (secretPieces.ts). */
const MOST_CHARACTERS = 24;

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
		for (let length = Math.min(MOST_CHARACTERS, end); length >= least; length--) {
			if (anyCase?.[kind].has(lower.slice(end - length, end))) return length;
			if (exactCase?.[kind].has(text.slice(end - length, end))) return length;
		}
		return 0;
	};
}

function beginnings(form: string, least: number): readonly string[] {
	const most = Math.min(form.length - 1, MOST_CHARACTERS);
	return Array.from({ length: Math.max(0, most - least + 1) }, (_, more) => form.slice(0, least + more));
}
