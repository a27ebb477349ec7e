/** Domo's two forms of a time, which is UTC. */
export function momentOf(cell: string): Date {
	return new Date(`${cell.replace(' ', 'T')}Z`);
}

type Written = (at: Date, timeZone: string) => string;

/** The formats that the tests use, each worked out from what the runtime's own calendar says. */
const FORMATS: Readonly<Record<string, Written>> = {
	'yyyy-MM-dd': (at, timeZone) => fill('year-month-day', parts(at, timeZone)),
	'yyyy/MM': (at, timeZone) => fill('year/month', parts(at, timeZone)),
	'yyyy-MM-dd HH:mm:ss': (at, timeZone) => fill('year-month-day hour:minute:second', parts(at, timeZone)),
	"dd.MM.yyyy 'at' hh:mm a, EEE XXX": (at, timeZone) => {
		const found = parts(at, timeZone);
		const hour = Number(found.hour);
		const half = { hour: String(hour % 12 || 12).padStart(2, '0'), noon: hour < 12 ? 'AM' : 'PM' };
		return fill('day.month.year at hour:minute noon, weekday offset', { ...found, ...half });
	},
};

/** A moment as a user who typed this format expects it. */
export function dated(format: string, at: Date, timeZone: string): string {
	const written = FORMATS[format];
	if (written === undefined) throw new Error(`The tests do not know the format ${format}`);
	return written(at, timeZone);
}

function parts(at: Date, timeZone: string): Record<string, string> {
	const two = '2-digit';
	const asked = {
		year: 'numeric',
		month: two,
		day: two,
		hour: two,
		minute: two,
		second: two,
		weekday: 'short',
	} as const;
	const shown = new Intl.DateTimeFormat('en-US', { ...asked, timeZone, hourCycle: 'h23', timeZoneName: 'longOffset' });
	const found = Object.fromEntries(shown.formatToParts(at).map(({ type, value }) => [type, value]));
	return { ...found, offset: found.timeZoneName?.replace('GMT', '') || 'Z' };
}

function fill(pattern: string, found: Readonly<Record<string, string>>): string {
	return pattern.replace(/[a-z]+/g, (word) => found[word] ?? word);
}
