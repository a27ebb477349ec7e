import type { RowFilter } from '../../../../core/format/formatOptions';
import { selectionId } from '../../../../core/format/rowFilter/selectionId';

const MONDAY = new Date('2026-03-09T22:30:00Z');
const LATER = new Date('2026-03-09T23:30:00Z');

const since = (value: string, timeZone = 'Europe/Vienna'): RowFilter => ({
	conditions: [{ column: 'at', operator: 'atLeast', values: [value] }],
	match: 'all',
	ignoreCase: false,
	timeZone,
});

test('the same rows have the same ID, others another one', () => {
	expect(selectionId(since('2026-01-01'), MONDAY)).toBe(selectionId(since('2026-01-01'), LATER));
	expect(selectionId(since('2026-01-01'), MONDAY)).not.toBe(selectionId(since('2026-01-02'), MONDAY));
	expect(selectionId({ ...since('2026-01-01'), limit: 5 }, MONDAY)).not.toBe(selectionId(since('2026-01-01'), MONDAY));
});

test('days counted from today are others when it is tomorrow there', () => {
	const id = (at: Date, timeZone?: string) => selectionId(since('<current_date-1>', timeZone), at);
	expect(id(MONDAY)).not.toBe(id(LATER));
	expect(id(MONDAY, 'America/New_York')).toBe(id(LATER, 'America/New_York'));
});
