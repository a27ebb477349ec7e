/** Kiritimati is 14 hours ahead; PostgreSQL writes at most 15. */
const MOST_ZONE_HOURS = 15;

/** A date, or a date with a time of day, in UTC. */
export interface Moment {
	/** Since 1970-01-01, proleptic Gregorian as Parquet wants it (LogicalTypes.md). */
	readonly days: number;
	/** Of the day; below zero, or beyond the day's end, in another time zone. */
	readonly seconds: number;
	readonly nanos: number;
}

/** `2025-01-31`, or with `T18:49:02` or ` 18:49:02`: the forms Domo writes. Others of ISO 8601 are understood. Undefined for text that is none. */
export function readMoment(text: string): Moment | undefined {
	if (text.length !== 10 && text.length !== 19) return readOther(text);
	const days =
		text[4] === '-' && text[7] === '-' ? daysOf(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)) : NaN;
	if (Number.isNaN(days)) return undefined;
	if (text.length === 10) return { days, seconds: 0, nanos: 0 };
	if ((text[10] !== 'T' && text[10] !== ' ') || text[13] !== ':' || text[16] !== ':') return readOther(text);
	const seconds = secondsOf(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
	return Number.isNaN(seconds) ? undefined : { days, seconds, nanos: 0 };
}

const OTHER = /^(.{10}[T ]\d\d:\d\d)(:\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?([0-5]\d)?)?$/;

/** With parts of a second, down to nanoseconds, or with a zone. */
function readOther(text: string): Moment | undefined {
	const [, minutes, seconds = '', fraction = '', sign = '', hour = '00', minute = '00'] = OTHER.exec(text) ?? [];
	const moment = minutes === undefined ? undefined : readMoment(minutes + seconds);
	if (moment === undefined || Number(hour) > MOST_ZONE_HOURS) return undefined;
	const ahead = (Number(hour) * 60 + Number(minute)) * 60;
	const nanos = number(fraction.padEnd(9, '0'), 0, 9);
	return { ...moment, seconds: moment.seconds - (sign === '-' ? -ahead : ahead), nanos };
}

function secondsOf(hour: number, minute: number, second: number): number {
	return hour < 24 && minute < 60 && second < 60 ? (hour * 60 + minute) * 60 + second : NaN;
}

/** Of each month; of February, in a year that is no leap year. */
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** How many days of such a year are before each month. */
const DAYS_BEFORE = MONTH_DAYS.map((_, month) => MONTH_DAYS.slice(0, month).reduce((sum, days) => sum + days, 0));
/** From 0001-01-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_162;

/** Days since 1970-01-01; NaN for a day that is not in the calendar, which is the proleptic Gregorian one from year 1 on. */
export function daysOf(year: number, month: number, day: number): number {
	if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return NaN;
	const leapDay = month >= 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
	if (!(day <= (MONTH_DAYS[month - 1] ?? 0) + (month === 2 ? leapDay : 0))) return NaN;
	const before = year - 1;
	const leapDaysBefore = Math.trunc(before / 4) - Math.trunc(before / 100) + Math.trunc(before / 400);
	const dayOfYear = (DAYS_BEFORE[month - 1] ?? 0) + (month > 2 ? leapDay : 0) + day - 1;
	return before * 365 + leapDaysBefore + dayOfYear - DAYS_TO_1970;
}

/** NaN unless all of it are digits. */
function number(text: string, from: number, to: number): number {
	let value = 0;
	for (let index = from; index < to; index++) {
		const digit = text.charCodeAt(index) - 0x30;
		if (!(digit >= 0 && digit <= 9)) return NaN;
		value = value * 10 + digit;
	}
	return value;
}
