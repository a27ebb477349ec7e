import { digitsOf } from '../cells/digits';
import type { PlainEncoder } from './plainEncoder';

/** What fits in 128 bits whatever the digits are, and what Domo's DECIMAL is written as: 20 digits before the point, 18 after it. */
export const PRECISION = 38;
export const SCALE = 18;

/** Digits are taken in groups so small that a word times a group stays an exact integer (2³² · 10⁶ < 2⁵³). */
const GROUP_DIGITS = 6;
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
const WORD = 2 ** 32;

const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

const words = new Uint32Array(4);

/** Writes a decimal number exactly, as DECIMAL(38,18). False for text that is none, or that has more digits than fit. */
export function writeDecimal(text: string, into: PlainEncoder): boolean {
	const plain = PLAIN.test(text) ? text : withoutExponent(text);
	if (plain === undefined) return false;
	const negative = plain.startsWith('-');
	const start = negative || plain.startsWith('+') ? 1 : 0;
	const point = plain.indexOf('.');
	const whole = plain.slice(start, point < 0 ? plain.length : point).replace(/^0+/, '');
	const fraction = point < 0 ? '' : plain.slice(point + 1);
	if (whole.length > PRECISION - SCALE || !isZero(fraction, SCALE)) return false;
	setWords(whole + fraction.slice(0, SCALE).padEnd(SCALE, '0'));
	if (negative) negate();
	into.int128(words);
	return true;
}

/** Whether all digits from there on are zeros. */
function isZero(digits: string, from: number): boolean {
	for (let index = from; index < digits.length; index++) if (digits.charCodeAt(index) !== 0x30) return false;
	return true;
}

/** 1.5E-3 as 0.0015; undefined for what is no number or does not fit. */
function withoutExponent(text: string): string | undefined {
	const number = digitsOf(text);
	if (number === undefined) return undefined;
	const { isNegative, significant, point } = number;
	// Of an exponent without bounds, no zeros are written.
	if (point > PRECISION - SCALE || significant.length - point > SCALE) return undefined;
	const whole = significant.slice(0, Math.max(0, point)).padEnd(point, '0');
	const fraction = '0'.repeat(Math.max(0, -point)) + significant.slice(Math.max(0, point));
	return `${isNegative ? '-' : ''}${whole || '0'}.${fraction}`;
}

function setWords(digits: string): void {
	words.fill(0);
	let group = 0;
	let held = 0;
	for (let index = 0; index < digits.length; index++) {
		group = group * 10 + digits.charCodeAt(index) - 0x30;
		held += 1;
		if (held < GROUP_DIGITS && index < digits.length - 1) continue;
		multiplyAdd(POWERS[held] ?? 1, group);
		[group, held] = [0, 0];
	}
}

function multiplyAdd(factor: number, addend: number): void {
	let carry = addend;
	for (let index = 0; index < 4; index++) {
		const product = (words[index] ?? 0) * factor + carry;
		words[index] = product % WORD;
		carry = Math.floor(product / WORD);
	}
}

function negate(): void {
	let carry = 1;
	for (let index = 0; index < 4; index++) {
		const sum = (~(words[index] ?? 0) >>> 0) + carry;
		words[index] = sum % WORD;
		carry = Math.floor(sum / WORD);
	}
}
