/** Text in quotes that ends an expression, e.g. `+ '.txt' }}`. */
const QUOTED_END = /(["'`])((?:(?!\1)[^\\])*)\1\s*$/;

/**
 * The end of a field that the user typed, of a field as n8n stores it: what follows the last expression, or the text in quotes that ends it.
 * Undefined when the field holds no expression, so that all of it was typed.
 */
export function typedTail(raw: unknown): string | undefined {
	if (typeof raw !== 'string' || !raw.startsWith('=')) return undefined;
	const index = raw.lastIndexOf('}}');
	if (index < 0) return raw.slice(1).trim();
	const after = raw.slice(index + '}}'.length).trim();
	if (after !== '') return after;
	const quoted = QUOTED_END.exec(raw.slice(0, index))?.[2] ?? '';
	return quoted.slice(quoted.lastIndexOf('}') + 1);
}
