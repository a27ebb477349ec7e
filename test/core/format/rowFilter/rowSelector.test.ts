import * as fc from 'fast-check';
import type { Column } from '../../../../core/domo/schema';
import type { RowFilter } from '../../../../core/format/formatOptions';
import { RowSelector } from '../../../../core/format/rowFilter/rowSelector';
import { RUNS } from '../../runs';
import { bytesOf, cutInto, someSizes } from '../bodies';
import { aCsvForm, aTable, columnsOf, type CsvForm, csvOf, faultOf, fleeting } from '../rows';
import { isMet } from './model';
import { aFilterCase } from './tables';

const EVERY_ROW: RowFilter = { conditions: [], match: 'all', ignoreCase: false, timeZone: 'UTC' };
const NOW = new Date('2026-03-10T09:00:00Z');

async function selected(csv: string, columns: readonly Column[], filter: RowFilter, sizes: readonly number[] = [1e6]) {
	const selector = new RowSelector(filter, columns, NOW);
	const text = String(await bytesOf(selector.select(fleeting(cutInto(Buffer.from(csv), sizes)))));
	return { text, ...selector.counts };
}

/** A table as Domo exports it, of these rows: each as it stands in the whole of it. */
function linesOf(table: ReadonlyArray<readonly (string | null)[]>, kept: ReadonlySet<number>, form: CsvForm): string {
	const ended = { ...form, finalLineEnd: true };
	const isOpen = !csvOf(table, form).endsWith(form.lineEnd) && kept.has(table.length - 1);
	const text = table.map((row, place) => (kept.has(place) ? csvOf([row], ended) : '')).join('');
	return isOpen ? text.slice(0, -form.lineEnd.length) : text;
}

test('a limit needs no columns, where Domo describes a DataSet without them', async () => {
	expect(await selected('a,b\n1,2\n3,4\n', [], { ...EVERY_ROW, limit: 1 })).toMatchObject({ text: 'a,b\n1,2\n' });
});

test('the rows that fit pass byte by byte as they are, and no others', async () => {
	await fc.assert(
		fc.asyncProperty(aFilterCase, aCsvForm, someSizes, async ({ columns, rows, filter }, form, sizes) => {
			const table = [columns.map(({ name }) => name), ...rows];
			const fits = (row: readonly (string | null)[]) => {
				const met = filter.conditions.map((condition) => {
					const place = columns.findIndex(({ name }) => name === condition.column);
					const type = columns[place]?.type ?? 'STRING';
					return isMet(row[place] ?? null, condition, type, filter.ignoreCase);
				});
				return filter.match === 'all' || met.length === 0 ? met.every(Boolean) : met.some(Boolean);
			};
			const kept = new Set(table.map((_, place) => place).filter((place) => place === 0 || fits(table[place] ?? [])));
			const found = await selected(csvOf(table, form), columns, filter, sizes);
			expect(found).toEqual({
				text: linesOf(table, kept, form),
				read: rows.length,
				kept: kept.size - 1,
				isCutShort: false,
			});
		}),
		RUNS,
	);
});

test('without conditions an export passes as it is, up to the limit', async () => {
	await fc.assert(
		fc.asyncProperty(aTable, aCsvForm, someSizes, fc.integer({ min: 1, max: 8 }), async (rows, form, sizes, limit) => {
			const header = (rows[0] ?? []).map((_, place) => `c${place}`);
			const table = [header, ...rows];
			const kept = new Set(table.map((_, place) => place).filter((place) => place <= limit));
			const found = await selected(csvOf(table, form), columnsOf(...header), { ...EVERY_ROW, limit }, sizes);
			expect(found).toEqual({
				text: linesOf(table, kept, form),
				read: kept.size - 1,
				kept: kept.size - 1,
				isCutShort: rows.length > limit,
			});
		}),
		RUNS,
	);
});

test('the source is ended as soon as the limit is reached and there is more', async () => {
	let ended = false;
	async function* source() {
		try {
			yield Buffer.from('id\n');
			for (;;) yield Buffer.from('1\n');
		} finally {
			ended = true;
		}
	}
	const selector = new RowSelector({ ...EVERY_ROW, limit: 3 }, columnsOf('id'), NOW);
	expect(String(await bytesOf(selector.select(source())))).toBe('id\n1\n1\n1\n');
	expect(ended).toBe(true);
	expect(selector.counts).toEqual({ read: 3, kept: 3, isCutShort: true });
});

test('a mark of byte order stays, and is no part of the first name', async () => {
	const filter: RowFilter = { ...EVERY_ROW, conditions: [{ column: 'a', operator: 'is', values: ['2'] }] };
	const csv = '\ufeff"a",b\n1,x\n2,y\n';
	expect(await selected(csv, columnsOf('a:LONG', 'b'), filter, [1])).toMatchObject({ text: '\ufeff"a",b\n2,y\n' });
});

test('columns are found by their names, wherever the header row has them', async () => {
	const filter: RowFilter = { ...EVERY_ROW, conditions: [{ column: 'b', operator: 'is', values: ['x'] }] };
	expect(await selected('b,a\nx,1\n1,x\n', columnsOf('a', 'b'), filter)).toMatchObject({ text: 'b,a\nx,1\n' });
});

test('an export of no bytes stays one', async () => {
	expect(await selected('', columnsOf('a'), EVERY_ROW)).toEqual({ text: '', read: 0, kept: 0, isCutShort: false });
});

test('a row longer than many pieces is found', async () => {
	const long = 'x'.repeat(3_000_000);
	const csv = `a\n1\n"${long}"\n2\n`;
	const filter: RowFilter = { ...EVERY_ROW, conditions: [{ column: 'a', operator: 'startsWith', values: ['x'] }] };
	expect((await selected(csv, columnsOf('a'), filter, [1000])).text).toBe(`a\n"${long}"\n`);
});

test.each([
	['a row of another width', 'a,b\n1,2\n3\n', 'rowsDiffer', 'Row 2 of the export has 1 cell, but the header row has 2'],
	['an end inside quotes', 'a,b\n1,"2\n', 'rowsDiffer', 'Row 1 of the export ends inside quotes'],
	['a stray quote', 'a,b\n1,x"2\n', 'domoNotData', 'Row 1 of the export has a quote where CSV allows none'],
	[
		'another column',
		'a,c\n1,2\n',
		'rowsDiffer',
		'The DataSet\'s columns changed during the export: its header row lacks "b"',
	],
	[
		'a cell that is no number',
		'a,b\n1,2\nx,3\n',
		'setting',
		'Conditions: row 2, column "a" holds "x", which is not a whole number of 64 bits',
	],
])('%s is refused', async (_, csv, reason, message) => {
	const filter: RowFilter = { ...EVERY_ROW, conditions: [{ column: 'a', operator: 'is', values: ['1'] }] };
	const work = async () => await selected(csv, columnsOf('a:LONG', 'b'), filter);
	expect(await faultOf(work)).toMatchObject({ reason, message });
});

test('bytes that are no UTF-8 are refused', async () => {
	const selector = new RowSelector(EVERY_ROW, columnsOf('a'), NOW);
	const work = async () => await bytesOf(selector.select(fleeting([Buffer.from('a\n'), Buffer.from([0xff])])));
	expect(await faultOf(work)).toMatchObject({ reason: 'domoNotData' });
});
