/** Two part numbers of the same length without a digit in common at the same place. */
const [ONE, OTHER] = [11_111, 22_222];

/** What matches the names of all parts, whatever their number; `nameOf` gives one part's. Undefined when no number stands in it. */
export function partsPattern(nameOf: (part: number) => string): RegExp | undefined {
	const [one, other] = [nameOf(ONE), nameOf(OTHER)];
	let source = '';
	let numbers = 0;
	for (let index = 0; index < one.length; index++) {
		if (one[index] === other[index]) {
			source += escaped(one[index] ?? '');
			continue;
		}
		source += numbers++ === 0 ? String.raw`(\d{5,})` : String.raw`\1`;
		index += String(ONE).length - 1;
	}
	return numbers === 0 ? undefined : new RegExp(`^${source}$`);
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/, String.raw`\$&`);
}
