import { Settings } from 'luxon';
import { type Clock, readClockTime, readDay } from '../../../../core/format/rowFilter/clockTimes';

afterEach(() => {
	Settings.now = () => Date.now();
});

const secondsOf = (instant: string) => Date.parse(instant) / 1000;

/** The instant of a typed time, when it is read at `now`. */
function instantOf(typed: string, timeZone: string, now: string): number | undefined {
	Settings.now = () => Date.parse(now);
	return readClockTime(typed, { timeZone, now: new Date(now) })?.seconds;
}

const dayOf = (typed: string, timeZone: string) => readDay(typed, clock(timeZone))?.days;
const clock = (timeZone: string): Clock => ({ timeZone, now: new Date('2026-03-10T02:30:00Z') });

describe('a time that a clock shows twice, as it is put back, is the first of both', () => {
	test.each([
		['2025-10-26T02:30:00', 'Europe/Berlin', '2025-10-26T00:30:00Z'],
		// There, the clock is put back at midnight.
		['2025-11-02', 'America/Havana', '2025-11-02T04:00:00Z'],
		['2025-10-26', 'Atlantic/Azores', '2025-10-26T00:00:00Z'],
	])('%s in %s, read in any season', (typed, timeZone, first) => {
		for (const now of ['2025-07-01T12:00:00Z', '2025-12-01T12:00:00Z', '2025-10-26T00:45:00Z'])
			expect(instantOf(typed, timeZone, now)).toBe(secondsOf(first));
	});

	test('so that the day of today is yesterday tomorrow', () => {
		const today = instantOf('<current_date>', 'Atlantic/Azores', '2025-10-26T00:05:00Z');
		expect(instantOf('<current_date-1>', 'Atlantic/Azores', '2025-10-27T01:05:00Z')).toBe(today);
	});
});

test('a time that a clock leaves out is one hour later', () => {
	for (const now of ['2025-01-01T12:00:00Z', '2025-07-01T12:00:00Z'])
		expect(instantOf('2025-03-30T02:30:00', 'Europe/Berlin', now)).toBe(secondsOf('2025-03-30T01:30:00Z'));
});

test.each([
	['2011-12-30', 'Pacific/Apia'],
	['2025-01-31', 'America/New_York'],
])('the day %s is that day in %s, and so is its midnight in UTC, as other tools write a date', (day, timeZone) => {
	const expected = Date.parse(day) / 86_400_000;
	expect(dayOf(day, timeZone)).toBe(expected);
	expect(dayOf(`${day}T00:00:00.000Z`, timeZone)).toBe(expected);
});

test('any other time is the day that the clock shows then', () => {
	expect(dayOf('2025-01-31T01:00:00Z', 'America/New_York')).toBe(Date.parse('2025-01-30') / 86_400_000);
});
