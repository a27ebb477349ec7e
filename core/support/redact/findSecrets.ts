import { lowerCase, type SecretForm } from './secretForms';
import { type BeginningBefore, findPieces, type SecretPieces } from './secretPieces';
import { type TextView, viewsOf } from './textView';

/** What is looked for in a text. */
export interface SecretSearch {
	readonly forms: readonly SecretForm[];
	/** Of long secrets (secretPieces.ts). */
	readonly pieces: SecretPieces;
	/** Where the text ends or was cut, first characters count, too. */
	readonly beginningBefore: BeginningBefore;
}

type Range = readonly [from: number, to: number];

/** Where secrets stand in a text, however they are written there; in order, without overlaps. */
export function findSecrets(text: string, wanted: SecretSearch): readonly Range[] {
	if (wanted.forms.length === 0 || isHarmless(text, wanted)) return [];
	const found = viewsOf(text).flatMap((view) =>
		inView(view, wanted).map(([from, to]): Range => [view.starts[from] ?? 0, view.ends[to - 1] ?? text.length]),
	);
	return merged(found);
}

/** Whether a text in which nothing can be undone but its spaces holds no secret: most do, and a few searches show it. */
function isHarmless(text: string, wanted: SecretSearch): boolean {
	if (/[^ -~…]|[%\\&+]| {2}/u.test(text)) return false;
	const view = { text, starts: [], ends: [] };
	const isClear = (seen: TextView) => inView(seen, wanted).length === 0;
	return (
		isClear({ ...view, isSqueezed: false }) && isClear({ ...view, text: text.replaceAll(' ', ''), isSqueezed: true })
	);
}

/** Words that stand side by side make a short secret by chance. */
const SQUEEZED_CHARACTERS = 8;

function inView({ text, isSqueezed }: TextView, { forms, pieces, beginningBefore }: SecretSearch): readonly Range[] {
	const lower = lowerCase(text);
	const found: Range[] = [...findPieces(lower, pieces)];
	for (const form of forms) {
		const within = form.exactCase ? text : lower;
		const wanted = isSqueezed ? form.squeezed : form.text;
		if (wanted === '' || (isSqueezed && wanted.length < SQUEEZED_CHARACTERS)) continue;
		for (const at of positionsOf(within, wanted)) {
			if (!form.alone || standsAlone(text, at, at + wanted.length)) found.push([at, at + wanted.length]);
		}
	}
	for (const end of [text.length, ...positionsOf(text, '…').slice(-MOST_CUTS)]) {
		const length = beginningBefore({ text, lower, isSqueezed }, end);
		if (length > 0) found.push([end - length, end]);
	}
	return found;
}

/** A message is cut in a few places; more marks come from elsewhere. */
const MOST_CUTS = 8;

function positionsOf(text: string, wanted: string): readonly number[] {
	const positions: number[] = [];
	for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) positions.push(at);
	return positions;
}

function standsAlone(text: string, from: number, to: number): boolean {
	const [before, behind] = [text.slice(Math.max(0, from - 1), from), text.slice(to, to + 1)];
	return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(behind);
}

function merged(ranges: readonly Range[]): readonly Range[] {
	const all: Array<[from: number, to: number]> = [];
	for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
		const last = all.at(-1);
		if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
		else all.push([from, to]);
	}
	return all;
}
