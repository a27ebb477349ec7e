import * as fc from 'fast-check';
import type { RowFilter } from '../../../../core/format/formatOptions';
import { RowSelector } from '../../../../core/format/rowFilter/rowSelector';
import { RUNS } from '../../runs';
import { bytesOf, cutInto, someSizes } from '../bodies';
import { aCsvForm, columnsOf, csvOf, faultOf, fleeting } from '../rows';
import { highestOf, isMet } from './model';
import { aFilterCase } from './tables';

const NOW = new Date('2026-03-10T09:00:00Z');
const EVERY_ROW: RowFilter = { conditions: [], match: 'all', ignoreCase: false, timeZone: 'UTC' };

/** What a selector reports of an export of one column. */
async function highestIn(column: string, lines: string, filter: Partial<RowFilter> = {}) {
	const selector = new RowSelector({ ...EVERY_ROW, reportHighest: 'a', ...filter }, columnsOf(column), NOW);
	await bytesOf(selector.select(fleeting([Buffer.from(`a\n${lines}`)])));
	return selector.counts.highest;
}

test('the highest value of the rows that pass is what an independent model finds, text by text', async () => {
	const aCase = fc.tuple(aFilterCase, fc.nat({ max: 3 }), aCsvForm, someSizes);
	await fc.assert(
		fc.asyncProperty(aCase, async ([{ columns, rows, filter }, some, form, sizes]) => {
			const place = some % columns.length;
			const { name = '', type = 'STRING' } = columns[place] ?? {};
			const [condition] = filter.conditions;
			const tested = columns.findIndex((column) => column.name === condition?.column);
			const fits = (row: (typeof rows)[number]) =>
				!condition || isMet(row[tested] ?? null, condition, columns[tested]?.type ?? 'STRING', filter.ignoreCase);
			const chosen = { ...filter, conditions: condition ? [condition] : [], reportHighest: name };
			const selector = new RowSelector(chosen, columns, NOW);
			const csv = csvOf([columns.map((column) => column.name), ...rows], form);
			await bytesOf(selector.select(fleeting(cutInto(Buffer.from(csv), sizes))));
			const cells = rows.filter(fits).map((row) => row[place] ?? null);
			expect(selector.counts.highest).toEqual({ column: name, value: highestOf(cells, type, filter.ignoreCase) });
		}),
		RUNS,
	);
});

test.each([
	['a:LONG', '9\n10\n-11\n', '10'],
	['a:LONG', '9007199254740993\n9007199254740992\n7\n', '9007199254740993'],
	['a:DECIMAL', '1.50\n1.5\n"1.05"\n', '1.50'],
	['a:DECIMAL', '0.1\n0.1000000000000000000001\n0.1\n', '0.1000000000000000000001'],
	['a:DOUBLE', 'NaN\n-2\n-1e0\nNaN\n', '-1e0'],
	['a:DOUBLE', 'NaN\n', null],
	['a:DATE', '2026-01-31\n2026-02-01\n\\N\n', '2026-02-01'],
	['a:DATETIME', '2026-01-31T08:00:00\n2026-01-31T08:00:00.5\n2026-01-31 08:00:00\n', '2026-01-31T08:00:00.5'],
	['a', '"x ""y"""\nWORD\n"\\N"\n', 'x "y"'],
	['a', 'é\nz\n', 'é'],
	['a', '', null],
	['a:LONG', '\\N\n\n', null],
])('of %s, the highest in %j is %j', async (column, lines, value) => {
	expect(await highestIn(column, lines)).toEqual({ column: 'a', value });
});

test('upper and lower case are alike where conditions ignore them, too', async () => {
	expect(await highestIn('a', 'a\nB\n')).toMatchObject({ value: 'a' });
	expect(await highestIn('a', 'a\nB\n', { ignoreCase: true })).toMatchObject({ value: 'B' });
});

test('a row beyond the limit does not count', async () => {
	expect(await highestIn('a:LONG', '1\n2\n3\n', { limit: 2 })).toMatchObject({ value: '2' });
});

test('a row that is not written may have any cell, and one that is written is refused by its number', async () => {
	const conditions = [{ column: 'b', operator: 'is' as const, values: ['x'] }];
	const work = async (csv: string) => {
		const filter = { ...EVERY_ROW, conditions, reportHighest: 'a' };
		const selector = new RowSelector(filter, columnsOf('a:LONG', 'b'), NOW);
		await bytesOf(selector.select(fleeting([Buffer.from(csv)])));
		return selector.counts.highest;
	};
	expect(await work('a,b\nmany,y\n1,x\n')).toEqual({ column: 'a', value: '1' });
	expect(await faultOf(async () => await work('a,b\n1,x\nmany,x\n'))).toMatchObject({
		reason: 'setting',
		message:
			'Report Highest Value of Column Name or ID: row 2, column "a" holds "many", which is not a whole number of 64 bits',
	});
});

test('text too long for a receipt is refused, a thousand characters are not', async () => {
	expect(await highestIn('a', 'é'.repeat(1000))).toMatchObject({ value: 'é'.repeat(1000) });
	expect(await faultOf(async () => await highestIn('a', 'x'.repeat(1001)))).toMatchObject({
		reason: 'setting',
		message:
			'Report Highest Value of Column Name or ID: the highest value of column "a" has 1001 characters, but a receipt reports up to 1000',
		hint: 'Choose a column with numbers, times or short text.',
	});
});
