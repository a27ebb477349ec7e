import type { ColumnType } from '../../../../core/domo/schema';
import type { Cell } from '../../../../core/format/csv/row';
import type { Condition, Operator } from '../../../../core/format/formatOptions';

/*
 * What conditions mean, written down a second time: numbers as whole numbers of 10⁻⁸⁰, times as nanoseconds, text as lists of code points.
 */

type Comparable = bigint | number | readonly number[];

const PLACES = 80;

/** `-12.5e1` as a whole number of 10⁻⁸⁰. */
function scaled(text: string): bigint {
	const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
	const zeros = PLACES + Number(exponent) - fraction.length;
	return BigInt(whole + fraction + '0'.repeat(zeros)) * (mantissa.startsWith('-') ? -1n : 1n);
}

/** A time in UTC, zone and parts of a second included, in nanoseconds. */
function nanoseconds(text: string): bigint {
	const [, day = '', time = '00:00:00', fraction = '', zone = 'Z'] =
		/^(.{10})(?:[T ](.{8})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
	return BigInt(Date.parse(`${day}T${time}${zone}`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function comparable(text: string, type: ColumnType, ignoreCase: boolean): Comparable {
	if (type === 'LONG' || type === 'DECIMAL') return scaled(text);
	if (type === 'DOUBLE') return Number(text);
	if (type === 'DATE') return nanoseconds(text.slice(0, 10));
	if (type === 'DATETIME') return nanoseconds(text);
	return Array.from(ignoreCase ? text.toLowerCase() : text, (character) => character.codePointAt(0) ?? 0);
}

function compare(one: Comparable, other: Comparable): number {
	if (!Array.isArray(one) || !Array.isArray(other)) return one < other ? -1 : Number(one > other);
	const place = one.findIndex((point, index) => point !== other[index]);
	if (place === -1) return one.length - other.length;
	return place >= other.length ? 1 : Number(one[place]) - Number(other[place]);
}

const ORDER: Readonly<Partial<Record<Operator, (order: number) => boolean>>> = {
	is: (order) => order === 0,
	isNot: (order) => order !== 0,
	greater: (order) => order > 0,
	atLeast: (order) => order >= 0,
	less: (order) => order < 0,
	atMost: (order) => order <= 0,
};

/** Whether a cell is what a condition asks for. */
export function isMet(cell: Cell, { operator, values }: Condition, type: ColumnType, ignoreCase: boolean): boolean {
	const isEmpty = cell === null || cell === '';
	if (operator === 'isEmpty') return isEmpty;
	if (operator === 'isNotEmpty') return !isEmpty;
	if (cell === null || cell === '') return operator === 'isNot';
	const orders = values.map((value) =>
		compare(comparable(cell, type, ignoreCase), comparable(value, type, ignoreCase)),
	);
	if (operator === 'isOneOf') return orders.includes(0);
	if (operator === 'between') return Number(orders[0]) >= 0 && Number(orders[1]) <= 0;
	const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
	const [text, wanted] = [fold(cell), fold(values[0] ?? '')];
	if (operator === 'contains') return text.split(wanted).length > 1;
	if (operator === 'startsWith') return text.slice(0, wanted.length) === wanted;
	if (operator === 'endsWith') return text.slice(Math.max(0, text.length - wanted.length)) === wanted;
	return ORDER[operator]?.(orders[0] ?? NaN) === true;
}

/** The first of the highest cells. */
export function highestOf(cells: readonly Cell[], type: ColumnType, ignoreCase: boolean): Cell {
	const beyond = (one: string, other: string) =>
		compare(comparable(one, type, ignoreCase), comparable(other, type, ignoreCase)) > 0;
	return cells.reduce((best, cell) => (cell && (best === null || beyond(cell, best)) ? cell : best), null);
}

/** Whether the first of two values is beyond the second. */
export function isReversed([first = '', last = '']: readonly string[], type: ColumnType, ignoreCase: boolean): boolean {
	return compare(comparable(first, type, ignoreCase), comparable(last, type, ignoreCase)) > 0;
}
