import type { ColumnType } from '../domo/schema';
import { readDouble } from './cells/double';

/** A value as JSON holds it without loss. */
export type TypedValue = string | number | null;

/**
 * What a cell of this type is in JSON: LONG a number where JavaScript holds it exactly (up to 2^53), DOUBLE a number, anything else text,
 * DECIMAL included, since 0.10 is not 0.1 and no number of JavaScript. What does not look like its type stays text.
 */
export function typedValue(cell: string | null, type: ColumnType): TypedValue {
	if (cell === null) return null;
	switch (type) {
		case 'LONG':
			return exactNumber(cell) ?? cell;
		case 'DOUBLE':
			return finiteNumber(cell) ?? cell;
		default:
			return cell;
	}
}

/** Undefined also for text that the number would not be written as, e.g. 007. */
function exactNumber(text: string): number | undefined {
	const number = Number(text);
	return Number.isSafeInteger(number) && String(number) === text ? number : undefined;
}

/** JSON has neither NaN nor the infinities. */
function finiteNumber(text: string): number | undefined {
	const number = readDouble(text);
	return number !== undefined && Number.isFinite(number) ? number : undefined;
}
