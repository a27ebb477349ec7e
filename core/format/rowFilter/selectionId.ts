import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { RowFilter } from '../formatOptions';
import { isDayMacro } from './clockTimes';

/** Tells one choice of rows from another: also from the same of another day, where it counts days from today. Undefined for all rows. */
export function selectionId(filter: RowFilter, now: Date): string | undefined {
	const { conditions, match, ignoreCase, timeZone, limit } = filter;
	if (conditions.length === 0 && limit === undefined) return undefined;
	const isOfToday = conditions.some(({ values }) => values.some(isDayMacro));
	const today = isOfToday ? DateTime.fromJSDate(now, { zone: timeZone }).toISODate() : '';
	const text = JSON.stringify([conditions, match, ignoreCase, timeZone, limit ?? '', today]);
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
