/** A field of the editor cannot hold a line break or a tab: these are typed as in most languages. */
export function unescapeText(text: string): string {
	const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '\\': '\\' };
	return text.replace(/\\([nrt0\\])/g, (typed, letter: string) => meanings[letter] ?? typed);
}
