import { DateTime } from 'luxon';
import { zoneOf } from '../../support/datePattern';
import { type Moment, readMoment } from '../cells/moment';

/** Whose clocks show the times that users type. */
export interface Clock {
	/** IANA name. */
	readonly timeZone: string;
	readonly now: Date;
}

/** ISO 8601 with or without a time, and with or without a zone. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?:(:\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?[0-5]\d)?)?)?$/i;

/** Domo counts days from today. */
const MACRO = /^<\s*current_date\s*([+-]\d{1,4})?\s*>$/i;

/** A typed time as a moment in UTC: ISO 8601, or `<current_date-1>`. A date without a time means the start of that day. Undefined for text that is none. */
export function readClockTime(text: string, clock: Clock): Moment | undefined {
	const read = readTyped(text.trim(), clock);
	if (read === undefined) return undefined;
	const seconds = Math.floor(read.time.toSeconds());
	return { days: 0, seconds, nanos: read.nanos };
}

/** A day alone, as JSON has it, too: other tools write a date as its midnight in UTC. */
const BARE_DAY = /^(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0{1,9})?)?Z)?$/i;

/** The day that the clock shows at a typed time; a bare day, and midnight in UTC, is that day anywhere. Undefined for text that is none. */
export function readDay(text: string, clock: Clock): Moment | undefined {
	const read = readTyped(text.trim(), clock);
	const [, day = read?.time.toFormat('yyyy-MM-dd')] = BARE_DAY.exec(text.trim()) ?? [];
	return day === undefined ? undefined : readMoment(day);
}

/** Whether the text is a day counted from today. */
export function isDayMacro(text: string): boolean {
	return MACRO.test(text.trim());
}

/** The time to the second, and what is beyond it: luxon keeps no more than milliseconds. */
function readTyped(text: string, { timeZone, now }: Clock) {
	const zone = zoneOf(timeZone);
	const macro = MACRO.exec(text);
	if (macro !== null) {
		const days = Number(macro[1] ?? 0);
		return { time: firstOf(DateTime.fromJSDate(now, { zone }).plus({ days }).startOf('day')), nanos: 0 };
	}
	const [whole, date = '', minutes = '00:00', seconds = ':00', fraction = '', offset = ''] = ISO.exec(text) ?? [];
	// What is no day of the calendar.
	if (whole === undefined || readMoment(date) === undefined) return undefined;
	const time = DateTime.fromISO(`${date}T${minutes}${seconds}${offset}`, { zone });
	if (!time.isValid) return undefined;
	return { time: offset === '' ? firstOf(time) : time, nanos: Number(fraction.padEnd(9, '0')) };
}

/** A clock that is put back shows a time twice: the first of both counts, whenever that is asked. */
function firstOf(time: DateTime): DateTime {
	return time.getPossibleOffsets().reduce((first, other) => (other < first ? other : first));
}
