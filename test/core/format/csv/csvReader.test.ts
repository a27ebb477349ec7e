import * as fc from 'fast-check';
import { readCsv } from '../../../../core/format/csv/csvReader';
import { RecordCounter } from '../../../../core/format/csv/recordCounter';
import { aCsv, cut, parseCsv } from '../../csv';
import { RUNS } from '../../runs';
import { aCsvForm, aTable, csvOf, faultOf, fleeting, readAll, readText } from '../rows';

const FEWER = { numRuns: Math.ceil(RUNS.numRuns / 4) };

test.each([
	['nothing', '', []],
	['a header', 'a,b\n', [['a', 'b']]],
	['a last row without a line break', 'a\n1', [['a'], ['1']]],
	[
		'CRLF',
		'a,b\r\n1,2\r\n',
		[
			['a', 'b'],
			['1', '2'],
		],
	],
	['a byte order mark', '\ufeffa\n1\n', [['a'], ['1']]],
	['a byte order mark before a quoted header', '\ufeff"a,b"\n1\n', [['a,b'], ['1']]],
	[
		'cells of nothing',
		'a,b,c\n,,\n',
		[
			['a', 'b', 'c'],
			[null, null, null],
		],
	],
	[
		'\\N',
		'a,b\n\\N,x\\N\n',
		[
			['a', 'b'],
			[null, 'x\\N'],
		],
	],
	['\\N in quotes', 'a\n"\\N"\n', [['a'], ['\\N']]],
	[
		'empty text',
		'a,b\n"",""\n',
		[
			['a', 'b'],
			['', ''],
		],
	],
	['empty text at the end', 'a\n""', [['a'], ['']]],
	['blank lines of a single column', 'a\n\n\n', [['a'], [null], [null]]],
	['blank lines of a single column with CRLF', 'a\r\n\r\n1\r\n', [['a'], [null], ['1']]],
	['doubled quotes', 'a\n""""\n"x""y"""""\n', [['a'], ['"'], ['x"y""']]],
	[
		'commas and line breaks in quotes',
		'a,b\n"1,2","3\n4\r\n"\n',
		[
			['a', 'b'],
			['1,2', '3\n4\r\n'],
		],
	],
	[
		'line breaks in the header row',
		'"a\nb",c\r\n1,2\r\n',
		[
			['a\nb', 'c'],
			['1', '2'],
		],
	],
	['a carriage return that is no line break', 'a\n1\r2\n3\r\n', [['a'], ['1\r2'], ['3\r']]],
	['numbers longer than JavaScript holds', 'a\n9007199254740993\n1.500\n', [['a'], ['9007199254740993'], ['1.500']]],
])('%s: every cell is read as it was written', async (_, text, rows) => {
	expect(await readText(text)).toEqual(rows);
});

test('however the bytes are cut and whatever is in the cells, the rows that were written are read', async () => {
	await fc.assert(
		fc.asyncProperty(aTable, aCsvForm, fc.array(fc.nat(), { maxLength: 8 }), async (table, form, places) => {
			expect(await readAll(cut(Buffer.from(csvOf(table, form)), places))).toEqual(table);
		}),
		FEWER,
	);
});

test('cut after every single byte, the rows that were written are read', async () => {
	await fc.assert(
		fc.asyncProperty(aTable, aCsvForm, async (table, form) => {
			const bytes = Buffer.from(csvOf(table, form));
			expect(await readAll(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(table);
		}),
		FEWER,
	);
});

test('the cells are those that the reference parser finds', async () => {
	await fc.assert(
		fc.asyncProperty(aCsv, async ({ text }) => {
			const rows = await readText(text.replaceAll('\\N', '\\n'));
			expect(rows.map((row) => row.map((cell) => cell ?? ''))).toEqual(parseCsv(text.replaceAll('\\N', '\\n')));
		}),
		FEWER,
	);
});

test('text of any kind is either refused or has as many rows as are counted', async () => {
	const anything = fc.array(fc.constantFrom('"', ',', '\n', '\r\n', '\r', 'x', '""'), { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(anything, async (pieces) => {
			const bytes = Buffer.from(pieces.join(''));
			const count = new RecordCounter();
			count.add(bytes);
			const rows = await readAll([bytes]).catch(async () => await faultOf(() => readAll([bytes])));
			if (Array.isArray(rows)) expect(rows).toHaveLength(count.records);
		}),
		FEWER,
	);
});

test('a row that spans many pieces is read whole', async () => {
	const long = 'x\n"'.repeat(100_000);
	const bytes = Buffer.from(`a,b\n1,"${long.replaceAll('"', '""')}"\n2,3\n`);
	const rows = await readAll(
		cut(
			bytes,
			Array.from({ length: 400 }, (_, index) => index * 1001),
		),
	);
	expect(rows).toEqual([
		['a', 'b'],
		['1', long],
		['2', '3'],
	]);
});

test('a large piece comes out in batches', async () => {
	const bytes = Buffer.from('a\n' + 'some text\n'.repeat(100_000));
	const sizes: number[] = [];
	for await (const batch of readCsv(fleeting([bytes]))) sizes.push(batch.length);
	expect(Math.max(...sizes)).toBeLessThanOrEqual(6600);
});

test.each([
	['too few cells', 'a,b\n1,2\n3\n', 'rowsDiffer', 'Row 2 of the export has 1 cell, but the header row has 2'],
	['too many cells', 'a\n1\n2\n"3",4\n', 'rowsDiffer', 'Row 3 of the export has 2 cells, but the header row has 1'],
	['an end inside quotes', 'a\n1\n"2\n', 'rowsDiffer', 'Row 2 of the export ends inside quotes'],
	['a quote inside a cell', 'a\nx"y\n', 'domoNotData', 'Row 1 of the export has a quote where CSV allows none'],
	['text behind a quoted cell', 'a\n"x"y\n', 'domoNotData', 'Row 1 of the export has a quote where CSV allows none'],
	['quotes in the header row', 'a"\n', 'domoNotData', 'The header row of the export has a quote where CSV allows none'],
])('%s: the export is refused and the row is named', async (_, text, reason, message) => {
	expect(await faultOf(() => readText(text))).toMatchObject({ reason, message });
});

test.each([
	['a stray byte', [0x61, 0x0a, 0x80, 0x0a]],
	['a character that is cut off at the end', [0x61, 0x0a, 0xc3]],
	['half a surrogate', [0x61, 0x0a, 0xed, 0xa0, 0x80, 0x0a]],
])('%s is no UTF-8 and refused', async (_, bytes) => {
	expect(await faultOf(() => readAll([Buffer.from(bytes)]))).toMatchObject({ reason: 'domoNotData' });
});

test('a quote that is never closed is refused long before the memory is full', async () => {
	async function* endless() {
		yield Buffer.from('a\n"');
		for (;;) yield Buffer.alloc(8 * 1024 * 1024, 'x');
	}
	const read = async () => {
		for await (const batch of readCsv(endless())) expect(batch).toEqual([['a']]);
	};
	expect(await faultOf(read)).toMatchObject({
		reason: 'domoNotData',
		message: 'Row 1, column 1 of the export does not end within 4 MiB',
	});
});

test('whoever stops reading ends the source', async () => {
	let ended = false;
	async function* source() {
		try {
			for (;;) yield Buffer.from('a\n');
		} finally {
			ended = true;
		}
	}
	for await (const batch of readCsv(source())) if (batch.length > 0) break;
	expect(ended).toBe(true);
});
