import { withoutEnd } from '../../support/withoutEnd';

/** A decimal number: 0.`significant` times ten to the power of `point`. */
export interface Digits {
	readonly isNegative: boolean;
	/** Without zeros at either end; empty for zero. */
	readonly significant: string;
	readonly point: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Any form of a decimal number, such as `-1.50`, `.5` or `1E+3`; undefined for text that is none. */
export function digitsOf(text: string): Digits | undefined {
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
	const digits = whole + fraction;
	if (digits === '') return undefined;
	const significant = digits.replace(/^0+/, '');
	const zeros = digits.length - significant.length;
	return {
		isNegative: sign === '-',
		significant: withoutEnd(significant, /0/),
		point: significant === '' ? 0 : whole.length - zeros + Number(exponent),
	};
}

/** Below zero when `one` is less than `other`, above when it is more. */
export function compareDigits(one: Digits, other: Digits): number {
	const sign = signOf(one);
	if (sign !== signOf(other)) return sign - signOf(other);
	if (one.point !== other.point) return one.point < other.point ? -sign : sign;
	if (one.significant === other.significant) return 0;
	return one.significant < other.significant ? -sign : sign;
}

function signOf({ isNegative, significant }: Digits): number {
	return significant === '' ? 0 : isNegative ? -1 : 1;
}
