import type { ColumnType } from '../domo/schema';

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
			return (/^-?\d{1,16}$/.test(cell) ? exactNumber(cell) : undefined) ?? cell;
		case 'DOUBLE':
			return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(cell) ? finiteNumber(cell) : cell;
		default:
			return cell;
	}
}

/** Undefined also for text that the number would not be written as, e.g. 007. */
function exactNumber(text: string): number | undefined {
	const number = Number(text);
	return Number.isSafeInteger(number) && String(number) === text ? number : undefined;
}

/** 1e999 is beyond what a double holds. */
function finiteNumber(text: string): TypedValue {
	const number = Number(text);
	return Number.isFinite(number) ? number : text;
}
