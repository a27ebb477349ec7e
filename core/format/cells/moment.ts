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

/** Days since 1970-01-01; NaN for a day that is not in the calendar. Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil. */
export function daysOf(year: number, month: number, day: number): number {
	if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= monthDays(year, month))) return NaN;
	const marchYear = month > 2 ? year : year - 1;
	const era = Math.floor(marchYear / 400);
	const yearOfEra = marchYear - era * 400;
	const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

function monthDays(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
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
