/** A text as it reads once something is undone in it, and where each of its characters stands in the original. */
export interface TextView {
	readonly text: string;
	/** Of each character (UTF-16 unit): where its original begins, and where it ends. */
	readonly starts: readonly number[];
	readonly ends: readonly number[];
	/** Whether its spaces are left out, so that words that stand side by side read as one. */
	readonly isSqueezed: boolean;
}

/** The ways in which a secret may be written, and what undoes them. Each pattern is linear: none repeats what can be empty or ambiguous. */
type Undo = [pattern: RegExp, undo: (match: string) => string];

/** Characters that show nothing, zero-width ones among them, go; white space of any kind and length counts as one space. */
const INVISIBLE: Undo = [
	/(?:[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?!\s)\p{Cc})+|\s+/gu,
	(run) => (/^(?!\uFEFF)\s/u.test(run) ? ' ' : ''),
];

/** A text as its reader sees it. */
export function visible(text: string): string {
	return text.replace(...INVISIBLE);
}

const SPACES: Undo = [/ /g, () => ''];
const PLUSES: Undo = [/\+/g, () => ' '];
const PERCENT: Undo = [/(?:%[0-9a-f]{2})+/gi, (run) => bytesOf(run, /%/g, 16)];

/** As JSON and most programming languages have them; OpenSSH writes what it does not trust as octal numbers. */
const BACKSLASHES: Undo = [
	/(?:\\x[0-9a-f]{2})+|(?:\\[0-7]{3})+|\\u[0-9a-f]{4}|\\[^xu]/gi,
	(run) => {
		if (/^\\x/i.test(run)) return bytesOf(run, /\\x/gi, 16);
		if (/^\\[0-7]{3}/.test(run)) return bytesOf(run, /\\/g, 8);
		if (/^\\u/i.test(run)) return String.fromCharCode(parseInt(run.slice(2), 16));
		return /[bfnrt]/.test(run) ? ' ' : run.slice(1);
	},
];

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const ENTITIES: Undo = [
	/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);?/gi,
	(entity) => {
		const name = entity.slice(1).replace(';', '').toLowerCase();
		if (!name.startsWith('#')) return NAMED[name] ?? entity;
		const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code <= 0x10_ffff ? String.fromCodePoint(code) : entity;
	},
];

/** A text may have been encoded several times: an address in JSON in HTML. */
const ENCODINGS: readonly Undo[] = [PERCENT, BACKSLASHES, ENTITIES];
const ROUNDS = 3;

/** All views of a text in which a secret may show; the first is the text itself, without what is invisible. */
export function viewsOf(text: string): readonly TextView[] {
	const views = new Map<string, TextView>();
	const add = (view: TextView) => {
		const seen = undone(view, INVISIBLE);
		if (!views.has(seen.text)) views.set(seen.text, seen);
		return seen;
	};
	let all = add(identity(text));
	for (let round = 0; round < ROUNDS; round++) {
		// What looks encoded may also be a part of the secret.
		if (round < 2) for (const view of [...views.values()]) for (const undo of ENCODINGS) add(undone(view, undo));
		all = add(ENCODINGS.reduce(undone, all));
	}
	for (const view of [...views.values()]) add(undone(view, PLUSES));
	for (const view of [...views.values()]) add({ ...undone(view, SPACES), isSqueezed: true });
	return [...views.values()];
}

function identity(text: string): TextView {
	const starts = Array.from({ length: text.length }, (_, at) => at);
	return { text, starts, ends: starts.map((at) => at + 1), isSqueezed: false };
}

/** The view with every match replaced by what it stands for; those characters come from the whole match. */
function undone(view: TextView, [pattern, undo]: Undo): TextView {
	let text = '';
	const [starts, ends]: [number[], number[]] = [[], []];
	const keep = (from: number, to: number) => {
		text += view.text.slice(from, to);
		for (let at = from; at < to; at++) {
			starts.push(view.starts[at] ?? 0);
			ends.push(view.ends[at] ?? 0);
		}
	};
	let done = 0;
	for (const { 0: match, index } of view.text.matchAll(pattern)) {
		keep(done, index);
		done = index + match.length;
		const meant = undo(match);
		text += meant;
		for (let at = 0; at < meant.length; at++) {
			starts.push(view.starts[index] ?? 0);
			ends.push(view.ends[done - 1] ?? 0);
		}
	}
	if (done === 0) return view;
	keep(done, view.text.length);
	return { ...view, text, starts, ends };
}

/** Bytes that are written as numbers, each behind a mark, as the UTF-8 text they are. */
function bytesOf(run: string, mark: RegExp, base: number): string {
	const numbers = run.split(mark).slice(1);
	return Buffer.from(numbers.map((number) => parseInt(number, base) & 0xff)).toString('utf8');
}
