import * as fc from 'fast-check';
import type { DelimitedOptions } from '../../../../core/format/formatOptions';
import { canRewrite, CsvRewriter } from '../../../../core/format/csvRewrite/csvRewriter';
import { openDelimited } from '../../../../core/format/text/delimitedWriter';
import { cut } from '../../csv';
import { RUNS } from '../../runs';
import { aCsvForm, aTable, columnsOf, csvOf, faultOf, fleeting, PLAIN, readAll, written } from '../rows';

const TYPES = ['STRING', 'LONG', 'DATE', 'DECIMAL'];

async function redelimited(options: DelimitedOptions, pieces: readonly Buffer[], types = TYPES) {
	const columns = columnsOf(...types.map((type, place) => `c${place}:${type}`));
	const redelimiter = new CsvRewriter(options, columns);
	const made: Buffer[] = [];
	for await (const chunk of redelimiter.rewrite(fleeting(pieces))) made.push(Buffer.from(chunk));
	return { text: Buffer.concat(made).toString(), rows: redelimiter.rows };
}

const someOptions: fc.Arbitrary<DelimitedOptions> = fc.record({
	kind: fc.constant('delimited' as const),
	encoding: fc.constant('utf8'),
	onUnmappable: fc.constant('refuse' as const),
	includeBom: fc.boolean(),
	header: fc.boolean(),
	delimiter: fc.constantFrom(',', ';', '\t', '|', 'x'),
	quote: fc.constantFrom('"', "'"),
	quoteMode: fc.constantFrom('needed' as const, 'allText' as const, 'everything' as const),
	escape: fc.constantFrom('"', "'", '\\'),
	lineFeed: fc.constantFrom('\n', '\r\n', '\r', '#', '|\n'),
	nullValue: fc.constantFrom('', 'NULL', '\\N', '0', ' ', '\\.'),
});

test('byte by byte, whatever Domo sends becomes what reading and writing its cells makes of it', async () => {
	const places = fc.array(fc.nat(), { maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(aTable, aCsvForm, someOptions, places, async (table, form, options, at) => {
			const bytes = Buffer.from(csvOf(table, form));
			const [header = [], ...rows] = await readAll([bytes]);
			const columns = header.map((name, place) => ({
				name: name ?? '',
				type: columnsOf(`c:${TYPES[place]}`)[0]?.type ?? 'STRING',
			}));
			// A header cell without quotes is a name, even if a cell like it would be null.
			const names = header.map((name) => name ?? (form.null === '' ? '' : '\\N'));
			const named = columns.map((column, place) => ({ ...column, name: names[place] ?? '' }));
			const byCell = () => written(openDelimited(options), named, rows);
			const byByte = async () => await redelimited(options, cut(bytes, at), TYPES.slice(0, header.length));
			if (header.length === 1 && [' ', '\\.'].includes(options.nullValue)) {
				expect(await faultOf(byByte)).toEqual(await faultOf(byCell));
				return;
			}
			const [expected, { text, rows: count }] = [byCell(), await byByte()];
			expect(text).toBe(expected.toString());
			expect(count).toBe(rows.length);
		}),
		RUNS,
	);
});

test.each([
	['a row with too few cells', 'a,b\n1\n', 'rowsDiffer', 'Row 1 of the export has 1 cell, but the header row has 2'],
	[
		'a row with too many cells',
		'a,b\n1,2\n1,2,3\n',
		'rowsDiffer',
		'Row 2 of the export has 3 cells, but the header row has 2',
	],
	['an end inside quotes', 'a,b\n1,"2', 'rowsDiffer', 'Row 1 of the export ends inside quotes'],
	['an end behind a doubled quote', 'a,b\n1,"2""', 'rowsDiffer', 'Row 1 of the export ends inside quotes'],
	['a quote in the middle', 'a,b\n1,2"3\n', 'domoNotData', 'Row 1 of the export has a quote where CSV allows none'],
	['text behind a quote', 'a,b\n"1"2,3\n', 'domoNotData', 'Row 1 of the export has a quote where CSV allows none'],
])('%s is refused as the reader refuses it', async (_, text, reason, message) => {
	const fault = await faultOf(async () => await redelimited({ ...PLAIN, delimiter: ';' }, [Buffer.from(text)]));
	expect(fault).toMatchObject({ reason, message });
	expect(await faultOf(async () => await readAll([Buffer.from(text)]))).toMatchObject({ reason, message });
});

test('a byte order mark of Domo is left out', async () => {
	const { text } = await redelimited({ ...PLAIN, delimiter: ';' }, [Buffer.from('\ufeffa,b\n1,2\n')]);
	expect(text).toBe('a;b\n1;2\n');
});

test('characters that only share bytes with a byte order mark have no quotes, but one that holds it has', async () => {
	const { text } = await redelimited(PLAIN, [Buffer.from('a,b\n»x,ÿ\nﻻ,"中\ufeff"\n')]);
	expect(text).toBe('a,b\n»x,ÿ\nﻻ,"中\ufeff"\n');
});

test('a cell longer than any piece arrives whole', async () => {
	const long = `"${'x,""\n'.repeat(100_000)}"`;
	const { text } = await redelimited(
		{ ...PLAIN, delimiter: ';' },
		cut(Buffer.from(`a,b\n${long},2\n`), [7, 70_000, 300_001]),
	);
	expect(text).toBe(`a;b\n${long};2\n`);
});

test.each<[string, Partial<DelimitedOptions>]>([
	['another encoding', { encoding: 'windows1252' }],
	['no quotes', { quoteMode: 'never' }],
	['a mark beyond ASCII', { delimiter: '§' }],
	['a long null value', { nullValue: 'not available' }],
])('bytes do not suffice for %s', (_, options) => {
	expect(canRewrite({ ...PLAIN, ...options })).toBe(false);
	expect(canRewrite(PLAIN)).toBe(true);
});
