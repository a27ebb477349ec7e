import type { IDataObject } from 'n8n-workflow';
import { guid } from '../../../sandbox/domo/dataSet';

const DAY_MS = 24 * 60 * 60_000;
const DAYS = 30;

/** A DataSet that was copied each night: so many rows to begin with and so many more each night, and on some nights something else. */
interface Life {
	readonly name: string;
	readonly rows: number;
	readonly growth: number;
	readonly bytesPerRow: number;
	/** Days ago. */
	readonly failed?: Readonly<Record<number, string>>;
	/** Nothing had changed on these days of the week. */
	readonly quiet?: readonly number[];
}

const FULL = 'The server has no space left';
const BUSY = 'Domo asked to wait (status 429)';

const LIVES: readonly Life[] = [
	{ name: 'Orders, open', rows: 1_100_000, growth: 4_880, bytesPerRow: 78, failed: { 12: BUSY } },
	{ name: 'Customers', rows: 84_000, growth: 310, bytesPerRow: 212 },
	{ name: 'Stock per store', rows: 420_000, growth: -2_600, bytesPerRow: 46, quiet: [6, 0] },
	{ name: 'Budget 2027', rows: 240, growth: 0, bytesPerRow: 90, quiet: [1, 2, 4, 5, 6, 0] },
	{ name: 'Web sessions', rows: 3_900_000, growth: 71_000, bytesPerRow: 130, failed: { 0: FULL, 1: FULL, 2: FULL } },
];

const night = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS - 60_000);

function ofLife({ name, rows, growth, bytesPerRow, failed = {}, quiet = [] }: Life): IDataObject[] {
	return Array.from({ length: DAYS }, (_, day) => {
		const daysAgo = DAYS - 1 - day;
		const startedAt = night(daysAgo).toISOString();
		const about = { dataSetId: guid(name), dataSetName: name, startedAt };
		const error = failed[daysAgo];
		if (error !== undefined)
			return { ...about, error, hint: 'Nothing was published; the file of the night before stays.' };
		if (quiet.includes(day % 7)) return { ...about, skipped: 'unchanged', durationMs: 140 };
		const now = rows + day * growth + Math.round(growth * Math.sin(day));
		const bytes = now * bytesPerRow;
		return { ...about, rows: now, bytes, durationMs: 900 + Math.round(bytes / 8_500), verification: 'verified' };
	});
}

/** The last 30 days of some DataSets, as rows of the history's data table. */
export const PAST: readonly IDataObject[] = LIVES.flatMap(ofLife);

/** Its name is meant to be taken for something else than text. */
export const AWKWARD: IDataObject = {
	...{ dataSetId: guid('awkward'), dataSetName: `Returns <b>& "refunds"</b> <img src=x onerror='x'>` },
	...{ rows: 12, bytes: 480, durationMs: 900, verification: 'verified', startedAt: night(0).toISOString() },
};

/** Longer ago than the page goes back. */
export const OLD: IDataObject = {
	...AWKWARD,
	dataSetId: guid('old'),
	dataSetName: 'Long gone',
	startedAt: night(31).toISOString(),
};
