import { withoutUnchanged } from '../../core/support/errors';
import type { Entry, Messages } from './reading/entries';
import { joined, patternOf, type Template, textLength, textOf } from './reading/template';

/** What a user saw; a list in the editor shows no reason. */
export interface Shown {
	readonly reason: string | undefined;
	readonly message: string;
	readonly hint: string;
}

/** What stands between a message and what to do where both are one text. */
const BETWEEN = '. ';

/** Both as one text, as a credential's test shows them. */
export const toldOf = ({ message, hint }: Shown): string => `${message}${BETWEEN}${hint}`;

/** The entries that say this, and as much of it as any; several only where they differ in what is not always there. */
export function entriesFor(messages: Messages, told: string, reason?: string): readonly Entry[] {
	const patterns = patternsOf(messages);
	const fitting = messages.entries.filter(
		(entry) =>
			(reason === undefined || entry.reason === reason) && patterns.get(entry)?.some((pattern) => pattern.test(told)),
	);
	const lengthOf = ({ message, hint }: Entry) => textLength(message) + textLength(hint);
	const most = Math.max(...fitting.map(lengthOf));
	return fitting.filter((entry) => lengthOf(entry) === most);
}

const known = new WeakMap<Messages, ReadonlyMap<Entry, readonly RegExp[]>>();

/** Made once: there are thousands. */
function patternsOf(messages: Messages): ReadonlyMap<Entry, readonly RegExp[]> {
	const { entries, additions } = messages;
	const patterns =
		known.get(messages) ?? new Map(entries.map((entry) => [entry, formsOf(entry, additions).map(patternOf)]));
	known.set(messages, patterns);
	return patterns;
}

/** As it is, and with one of the sentences behind it that tell what was left, or is in place already. */
function formsOf({ message, hint }: Entry, additions: readonly Template[]): Template[] {
	const told = (what: Template) => [message, textOf(BETWEEN), what];
	const behind = additions.map((addition) => addition.slice(addition.findIndex(({ kind }) => kind === 'text')));
	const after = [hint, unpromised(hint)].flatMap((what) =>
		behind.map((addition) => joined([...told(what), textOf(' '), trimmed(addition)])),
	);
	return [joined(told(hint)), ...after];
}

/** As what is said behind it would make it wrong that the target is as it was. */
function unpromised(hint: Template): Template {
	const without = ({ text }: { readonly text: string }) =>
		text.includes('target is unchanged') ? withoutUnchanged(text) : text;
	return hint.map((piece) => (piece.kind === 'text' ? { ...piece, text: without(piece) } : piece));
}

function trimmed([first, ...others]: Template): Template {
	return first?.kind === 'text' ? joined([textOf(first.text.trimStart()), others]) : [];
}
