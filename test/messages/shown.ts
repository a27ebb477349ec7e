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
export function entriesFor({ entries, additions }: Messages, told: string, reason?: string): readonly Entry[] {
	const fitting = entries.filter(
		(entry) =>
			(reason === undefined || entry.reason === reason) &&
			formsOf(entry, additions).some((form) => patternOf(form).test(told)),
	);
	const lengthOf = ({ message, hint }: Entry) => textLength(message) + textLength(hint);
	const most = Math.max(...fitting.map(lengthOf));
	return fitting.filter((entry) => lengthOf(entry) === most);
}

/** As it is, and with one of the sentences behind it that tell what was left, or is in place already. */
function formsOf({ message, hint }: Entry, additions: readonly Template[]): Template[] {
	const told = [message, textOf(BETWEEN), hint];
	const behind = additions.map((addition) => addition.slice(addition.findIndex(({ kind }) => kind === 'text')));
	return [joined(told), ...behind.map((addition) => joined([...told, textOf(' '), trimmed(addition)]))];
}

function trimmed([first, ...others]: Template): Template {
	return first?.kind === 'text' ? joined([textOf(first.text.trimStart()), others]) : [];
}
