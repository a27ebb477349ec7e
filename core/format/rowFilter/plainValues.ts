import { daysOf } from '../cells/moment';
import type { Digits } from '../cells/digits';

/*
 * Cells as nearly all of them are, read from their bytes into a number: at most 15 digits, or a time of whole seconds without a zone. No two
 * decimal numbers of 15 digits are the same number of 64 bits, and these have the order of those (C99, 5.2.4.2.2: DBL_DIG).
 */

/** What a value of a condition is among these numbers: the nearest one, towards zero; and how one that is equal to that compares with the value. */
export interface Bound {
	readonly nearest: number;
	readonly tie: -1 | 0 | 1;
}

const MOST_DIGITS = 15;
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NO_BYTE = -1;
const COLON = 0x3a;
const SPACE = 0x20;
const T = 0x54;

/** Below zero when the number is less than the value, above when it is more; NaN for a number that is none. */
export function compareBound(number: number, { nearest, tie }: Bound): number {
	if (number === nearest) return tie;
	return number < nearest ? -1 : 1;
}

/** NaN for bytes that are not plain: they may be a number in another form. */
export function plainNumber(bytes: Buffer, from: number, to: number): number {
	return numberOf(bytes, from, to, POINT);
}

/** The same of whole numbers. */
export function plainWhole(bytes: Buffer, from: number, to: number): number {
	return numberOf(bytes, from, to, NO_BYTE);
}

function numberOf(bytes: Buffer, from: number, to: number, pointByte: number): number {
	const sign = bytes[from];
	const start = sign === MINUS || sign === PLUS ? from + 1 : from;
	if (to - start > MOST_DIGITS + 1) return NaN;
	let whole = 0;
	let point = -1;
	for (let index = start; index < to; index++) {
		const byte = bytes[index] ?? 0;
		if (byte >= ZERO && byte < COLON) whole = whole * 10 + byte - ZERO;
		else if (byte === pointByte && point === -1) point = index;
		else return NaN;
	}
	const digits = point === -1 ? to - start : to - start - 1;
	if (digits === 0 || digits > MOST_DIGITS) return NaN;
	// Both are exact, so their quotient is the number of 64 bits that is nearest.
	const value = point === -1 ? whole : whole / (POWERS[to - point - 1] ?? NaN);
	return sign === MINUS ? -value : value;
}

export function boundOf({ isNegative, significant, point }: Digits): Bound {
	const size = Number(`0.${significant.slice(0, MOST_DIGITS)}e${point}`);
	const isRounded = significant.length > MOST_DIGITS || (size === 0 && significant !== '');
	return { nearest: isNegative ? -size : size, tie: isRounded ? (isNegative ? 1 : -1) : 0 };
}

/** Days since 1970 of `2025-01-31`; NaN for other bytes. */
export function plainDay(bytes: Buffer, from: number, to: number): number {
	return to - from === 10 ? dayAt(bytes, from) : NaN;
}

/** Seconds since 1970 of the same, or with `T18:49:02` or ` 18:49:02`; NaN for other bytes. */
export function plainSeconds(bytes: Buffer, from: number, to: number): number {
	if (to - from !== 19) return plainDay(bytes, from, to) * 86_400;
	const isTime = bytes[from + 13] === COLON && bytes[from + 16] === COLON;
	if (!isTime || (bytes[from + 10] !== T && bytes[from + 10] !== SPACE)) return NaN;
	const hour = pair(bytes, from + 11);
	const minute = pair(bytes, from + 14);
	const second = pair(bytes, from + 17);
	const isOfDay = hour < 24 && minute < 60 && second < 60;
	return isOfDay ? dayAt(bytes, from) * 86_400 + hour * 3600 + minute * 60 + second : NaN;
}

function dayAt(bytes: Buffer, from: number): number {
	if (bytes[from + 4] !== MINUS || bytes[from + 7] !== MINUS) return NaN;
	return daysOf(pair(bytes, from) * 100 + pair(bytes, from + 2), pair(bytes, from + 5), pair(bytes, from + 8));
}

/** A number of two digits. */
function pair(bytes: Buffer, from: number): number {
	const tens = (bytes[from] ?? 0) - ZERO;
	const ones = (bytes[from + 1] ?? 0) - ZERO;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
