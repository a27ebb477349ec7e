/** The one of `names` that takes the fewest typing mistakes to become `text`, case left aside; for "Did you mean …?". Empty when there are no names. */
export function closestMatch(text: string, names: readonly string[]): string {
	const wanted = text.toLowerCase();
	const [best] = names
		.map((name) => ({ name, mistakes: distance(wanted, name.toLowerCase()) }))
		.sort((a, b) => a.mistakes - b.mistakes);
	return best?.name ?? '';
}

/** Levenshtein's: letters added, left out or swapped for others. */
function distance(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const above = row;
		row = [i];
		for (let j = 1; j <= to.length; j++) {
			const swapped = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
			row.push(Math.min(swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
		}
	}
	return row.at(-1) ?? 0;
}
