import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { RowFilter } from '../formatOptions';
import { isDayMacro } from './clockTimes';

/** Tells one choice of rows from another: also from the same of another day, where it counts days from today. */
export function selectionId(filter: RowFilter, now: Date): string {
	const { conditions, match, ignoreCase, timeZone, limit } = filter;
	const isOfToday = conditions.some(({ values }) => values.some(isDayMacro));
	const today = isOfToday ? DateTime.fromJSDate(now, { zone: timeZone }).toISODate() : '';
	const text = JSON.stringify([conditions, match, ignoreCase, timeZone, limit ?? '', today]);
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
