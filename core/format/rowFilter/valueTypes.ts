import { compareDigits, type Digits, digitsOf } from '../cells/digits';
import { readDouble } from '../cells/double';
import { type Moment, readMoment } from '../cells/moment';
import { type Bound, boundOf, plainDay, plainNumber, plainSeconds, plainWhole } from './plainValues';
import { type Clock, readClockTime, readDay } from './clockTimes';

/** How the cells of a column are compared with the values of a condition. */
export interface ValueType<T> {
	/** What a message calls one of them. */
	readonly label: string;
	readonly example: string;
	/** Undefined for text that is no such value. */
	readCell(text: string): T | undefined;
	/** As `readCell`, for what a user typed. */
	readValue(text: string, clock: Clock): T | undefined;
	/** Below zero when `one` is less, above when it is more; NaN where neither is so, nor are they equal. */
	compare(one: T, other: T): number;
	/** Reads a cell in its usual form from its bytes into a number (plainValues.ts); NaN for one that `readCell` has to read. */
	plain(bytes: Buffer, from: number, to: number): number;
	/** What the value is among the numbers that `plain` makes. */
	bound(value: T): Bound;
}

/** Longer text isn't a realistic number, and would take long to parse. */
const MOST_CHARACTERS = 1000;

const WHOLE = /^[+-]?\d+$/;

/** The digits of 2⁶³ - 1, and of 2⁶³. */
const MOST_LONG = '9223372036854775807';
const LEAST_LONG = '9223372036854775808';

export const LONG: ValueType<Digits> = {
	compare: compareDigits,
	plain: plainWhole,
	bound: boundOf,
	label: 'a whole number of 64 bits',
	example: '42',
	readCell: readLong,
	// Expressions and JSON may write a whole number as 1.0 or 1e3.
	readValue: (text) => ofLong(readDecimal(text.trim())),
};

export const DECIMAL: ValueType<Digits> = {
	compare: compareDigits,
	plain: plainNumber,
	bound: boundOf,
	label: 'a decimal number',
	example: '19.90',
	readCell: readDecimal,
	readValue: (text) => readDecimal(text.trim()),
};

export const DOUBLE: ValueType<number> = {
	label: 'a number that fits in 64 bits',
	example: '0.5',
	readCell: readDouble,
	readValue: (text) => {
		const value = readDouble(text.trim());
		// Nothing is equal to it, less or more.
		return Number.isNaN(value) ? undefined : value;
	},
	compare: compareNumbers,
	plain: plainNumber,
	bound: exactly,
};

export const DATE: ValueType<number> = {
	label: 'a date like 2025-01-31',
	example: '2025-01-31 or <current_date-1>',
	readCell: (text) => {
		const moment = readMoment(text);
		return moment !== undefined && moment.seconds === 0 && moment.nanos === 0 ? moment.days : undefined;
	},
	readValue: (text, clock) => readDay(text, clock)?.days,
	compare: compareNumbers,
	plain: plainDay,
	bound: exactly,
};

export const DATETIME: ValueType<Moment> = {
	label: 'a time like 2025-01-31T18:49:02',
	example: '2025-01-31T18:00:00 or <current_date-1>',
	readCell: readMoment,
	readValue: readClockTime,
	compare: (one, other) => compareNumbers(secondsOf(one), secondsOf(other)) || compareNumbers(one.nanos, other.nanos),
	plain: plainSeconds,
	bound: (moment) => ({ nearest: secondsOf(moment), tie: moment.nanos === 0 ? 0 : -1 }),
};

function exactly(value: number): Bound {
	return { nearest: value, tie: 0 };
}

function readLong(text: string): Digits | undefined {
	return text.length > MOST_CHARACTERS || !WHOLE.test(text) ? undefined : ofLong(digitsOf(text));
}

/** Undefined for what is no whole number of 64 bits. */
function ofLong(digits: Digits | undefined): Digits | undefined {
	if (digits === undefined || digits.significant.length > digits.point) return undefined;
	if (digits.point < MOST_LONG.length) return digits;
	const bound = digits.isNegative ? LEAST_LONG : MOST_LONG;
	return digits.point === bound.length && digits.significant.padEnd(bound.length, '0') <= bound ? digits : undefined;
}

function readDecimal(text: string): Digits | undefined {
	if (text.length > MOST_CHARACTERS) return undefined;
	const digits = digitsOf(text);
	return digits !== undefined && Number.isSafeInteger(digits.point) ? digits : undefined;
}

function compareNumbers(one: number, other: number): number {
	if (one < other) return -1;
	if (one > other) return 1;
	return one === other ? 0 : NaN;
}

function secondsOf({ days, seconds }: Moment): number {
	return days * 86_400 + seconds;
}
