import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { RowFilter } from '../formatOptions';
import { isDayMacro } from './clockTimes';

/** Tells one choice of rows, and what is reported of them, from another: also from the same of another day, where it counts days from today. Undefined for all rows. */
export function selectionId(filter: RowFilter, now: Date): string | undefined {
	const { conditions, match, ignoreCase, timeZone, limit, reportHighest } = filter;
	if (conditions.length === 0 && limit === undefined && reportHighest === undefined) return undefined;
	const isOfToday = conditions.some(({ values }) => values.some(isDayMacro));
	const today = isOfToday ? DateTime.fromJSDate(now, { zone: timeZone }).toISODate() : '';
	const text = JSON.stringify([conditions, match, ignoreCase, timeZone, limit ?? '', today, reportHighest]);
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
