import { readMoment } from '../cells/moment';
import type { PlainEncoder } from './plainEncoder';

const DAY_SECONDS = 86_400;
const MICROS = 1_000_000;
const MICRO_NANOS = 1000;

/** DATE: days in INT32. False for text that is no date, or has a time of day. */
export function writeDate(text: string, into: PlainEncoder): boolean {
	const moment = readMoment(text);
	if (moment === undefined || moment.seconds !== 0 || moment.nanos > 0) return false;
	into.int32(moment.days);
	return true;
}

/** TIMESTAMP in UTC: microseconds in INT64. False for text that is neither a date nor a date with a time, or that is finer than a microsecond. */
export function writeTimestamp(text: string, into: PlainEncoder): boolean {
	const moment = readMoment(text);
	if (moment === undefined || moment.nanos % MICRO_NANOS !== 0) return false;
	const seconds = moment.days * DAY_SECONDS + moment.seconds;
	const fraction = moment.nanos / MICRO_NANOS;
	const micros = seconds * MICROS + fraction;
	// From about 1684 to 2255 a plain number is exact.
	into.int64(Number.isSafeInteger(micros) ? micros : BigInt(seconds) * BigInt(MICROS) + BigInt(fraction));
	return true;
}
