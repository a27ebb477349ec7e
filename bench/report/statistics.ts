/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
	if (low === undefined || high === undefined) throw new Error('There is no median of nothing');
	return (low + high) / 2;
}

/** Three significant digits, as no more are known. */
export function rounded(value: number): number {
	return Number(value.toPrecision(3));
}

/** Pairs of figures as one line: the median of their ratios, the least and the greatest, and both medians. */
export function ratiosText(pairs: ReadonlyArray<readonly [ours: number, other: number]>): string {
	const ratios = pairs.map(([ours, other]) => ours / other);
	const [middle, least, greatest] = [median(ratios), Math.min(...ratios), Math.max(...ratios)].map(rounded);
	const [ours, other] = [0, 1].map((at) => rounded(median(pairs.map((pair) => pair[at] ?? Number.NaN))));
	return `${middle} × (${least} to ${greatest}): ${ours} beside ${other}`;
}
