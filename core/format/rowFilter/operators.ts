import type { Operator } from '../formatOptions';

/** The operators that compare. */
export type Comparison = Exclude<Operator, 'isEmpty' | 'isNotEmpty'>;

/**
 * Whether a cell is what an operator asks for, where `order` says whether it is less than a value, equal or more. `values` ascend where there are
 * more than one.
 */
export function ordered<C, V>(
	operator: Comparison,
	values: readonly V[],
	order: (cell: C, value: V) => number,
): (cell: C) => boolean {
	const [first, last] = values;
	if (first === undefined || operator === 'isOneOf') return (cell) => isAmong(cell, values, order);
	switch (operator) {
		case 'greater':
			return (cell) => order(cell, first) > 0;
		case 'atLeast':
			return (cell) => order(cell, first) >= 0;
		case 'less':
			return (cell) => order(cell, first) < 0;
		case 'atMost':
			return (cell) => order(cell, first) <= 0;
		case 'between':
			return (cell) => order(cell, first) >= 0 && last !== undefined && order(cell, last) <= 0;
		case 'isNot':
			return (cell) => order(cell, first) !== 0;
		default:
			return (cell) => order(cell, first) === 0;
	}
}

/** By halves: there may be many. */
function isAmong<C, V>(cell: C, values: readonly V[], order: (cell: C, value: V) => number): boolean {
	let from = 0;
	let to = values.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		const value = values[middle];
		const side = value === undefined ? -1 : order(cell, value);
		if (side === 0) return true;
		if (side < 0) to = middle;
		else from = middle + 1;
	}
	return false;
}
