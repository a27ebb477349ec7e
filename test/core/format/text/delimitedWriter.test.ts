import * as fc from 'fast-check';
import type { DelimitedOptions } from '../../../../core/format/formatOptions';
import type { Cell, Row } from '../../../../core/format/csv/row';
import { openDelimited } from '../../../../core/format/text/delimitedWriter';
import { RUNS } from '../../runs';
import { readDelimited } from '../readDelimited';
import { aTable, columnsOf, faultOf, PLAIN, readText, written } from '../rows';

const COLUMNS = columnsOf('id:LONG', 'text', 'day:DATE');

function textOf(options: Partial<DelimitedOptions>, rows: readonly Row[], columns = COLUMNS): string {
	return written(openDelimited({ ...PLAIN, ...options }), columns, rows).toString();
}

test.each<[string, Partial<DelimitedOptions>, Row, string]>([
	['a delimiter', { delimiter: ';' }, ['1', 'a;b', 'c,d'], '1;"a;b";c,d\n'],
	['a delimiter of several characters', { delimiter: '||' }, ['1', 'a|', 'c'], '1||"a|"||c\n'],
	['a quote', {}, ['1', 'a"b', '"'], '1,"a""b",""""\n'],
	['another quote', { quote: "'", escape: "'" }, ['1', 'a"b', "c'd"], "1,a\"b,'c''d'\n"],
	['a line break', {}, ['1', 'a\nb', 'c\rd'], '1,"a\nb","c\rd"\n'],
	['characters of the line feed', { lineFeed: '#' }, ['1', 'a#b', 'c'], '1,"a#b",c#'],
	['spaces around', {}, ['1', ' a ', 'c'], '1, a ,c\n'],
	['an escaped quote', { escape: '\\' }, ['1', 'a"b', 'c\\d'], '1,"a\\"b","c\\\\d"\n'],
	['null and empty text', {}, ['1', '', null], '1,"",\n'],
	['null and text that equals it', { nullValue: 'NULL' }, [null, 'NULL', ''], 'NULL,"NULL",\n'],
	['all text', { quoteMode: 'allText' }, ['1', 'a', null], '1,"a",\n'],
	['all text, dates too', { quoteMode: 'allText' }, [null, null, '2019-03-19'], ',,"2019-03-19"\n'],
	['everything', { quoteMode: 'everything' }, ['1', '', null], '"1","",\n'],
	['never', { quoteMode: 'never' }, ['1', 'a"b', ''], '1,a"b,\n'],
	['never, escaped', { quoteMode: 'never', escape: '\\' }, ['1', 'a,b\\', 'c\r\nd'], '1,a\\,b\\\\,c\\\r\\\nd\n'],
	[
		'never, null beside text like it',
		{ quoteMode: 'never', escape: '\\', nullValue: '\\N' },
		[null, '\\N', ''],
		'\\N,\\\\N,\n',
	],
])('%s: the row is written so that it can be read', (_, options, row, line) => {
	expect(textOf({ header: false, ...options }, [row])).toBe(line);
});

test.each<[string, Partial<DelimitedOptions>, string]>([
	['needed', {}, 'id,"a ""b""",""\n'],
	['allText', { quoteMode: 'allText' }, '"id","a ""b""",""\n'],
	['everything', { quoteMode: 'everything' }, '"id","a ""b""",""\n'],
	['never', { quoteMode: 'never' }, 'id,a "b",\n'],
	['another null value', { nullValue: 'id' }, '"id","a ""b""",\n'],
	['skipped', { header: false }, ''],
])('the header row follows the quote mode: %s', (_, options, text) => {
	expect(textOf(options, [], columnsOf('id:LONG', 'a "b"', ''))).toBe(text);
});

test.each<[string, Partial<DelimitedOptions>, Row, string]>([
	['a delimiter', {}, ['1', 'a,b', ''], 'Quote Mode: row 2, column "text" holds a delimiter, which needs quotes'],
	['a line break', {}, ['1', 'b', '\n'], 'Quote Mode: row 2, column "day" holds a line break, which needs quotes'],
	[
		'the null value as text',
		{ nullValue: 'NULL' },
		['1', 'NULL', ''],
		'Quote Mode: row 2, column "text" holds the null value as text, which needs quotes',
	],
])('without quotes and escapes, %s is refused and its cell is named', async (_, options, row, message) => {
	const write = () => textOf({ quoteMode: 'never', ...options }, [['1', 'a', 'b'], row]);
	expect(await faultOf(write)).toMatchObject({ reason: 'setting', message });
});

test('without quotes and escapes, a column name that needs them is refused', async () => {
	expect(await faultOf(() => textOf({ quoteMode: 'never' }, [], columnsOf('a,b')))).toMatchObject({
		message: 'Quote Mode: the column name "a,b" holds a delimiter, which needs quotes',
	});
});

const ALONE = columnsOf('a');

test.each<[string, Partial<DelimitedOptions>, Cell, string]>([
	['null', {}, null, '""'],
	['empty text', {}, '', '""'],
	['null with a null value', { nullValue: 'NULL' }, null, 'NULL'],
	['empty text with a null value', { nullValue: 'NULL' }, '', '""'],
	['null between other quotes', { quote: "'", escape: "'" }, null, "''"],
	['null between quotes everywhere', { quoteMode: 'everything' }, null, '""'],
	['a line of spaces', {}, ' \t ', '" \t "'],
	["PostgreSQL's end of data", {}, '\\.', '"\\."'],
	['another backslash', {}, '\\', '\\'],
	['a null value without quotes', { nullValue: '\\N', quoteMode: 'never' }, null, '\\N'],
])('in a file of one column, %s is a line that no reader skips', (_, options, cell, line) => {
	expect(textOf({ header: false, ...options }, [[cell]], ALONE)).toBe(`${line}\n`);
});

test.each([' ', '\t', '\\.'])(
	'in a file of one column, a null value that readers skip is refused (%j)',
	async (nullValue) => {
		expect(await faultOf(() => textOf({ nullValue }, [], ALONE))).toMatchObject({
			reason: 'setting',
			message: 'Null Value: in a file of one column, it is a line of spaces or of \\., which many readers skip',
			hint: expect.stringContaining('NULL'),
		});
		expect(textOf({ nullValue }, [[null, nullValue]], columnsOf('a', 'b'))).toBe(`a,b\n${nullValue},"${nullValue}"\n`);
	},
);

test('in a file of one column, a name that is empty is a line, too', () => {
	expect(textOf({ nullValue: 'NULL' }, [['1']], columnsOf(''))).toBe('""\n1\n');
});

test.each<Cell>([null, ''])('without quotes, a line that would be empty is refused (%j)', async (cell) => {
	const write = () => textOf({ quoteMode: 'never', escape: '\\' }, [['1'], [cell]], ALONE);
	expect(await faultOf(write)).toMatchObject({
		reason: 'setting',
		message: 'Quote Mode: row 2, column "a" would be an empty line, which many readers skip',
		hint: expect.stringContaining('Null Value'),
	});
	expect(textOf({ quoteMode: 'never' }, [[cell, cell]], columnsOf('a', 'b'))).toBe('a,b\n,\n');
});

test.each<[Partial<DelimitedOptions>, Cell]>([
	[{}, '  '],
	[{}, '\\.'],
	[{ escape: '\\' }, ' '],
	[{ delimiter: ';' }, ' \t '],
	[{ nullValue: ' ' }, null],
])('without quotes, a line that readers skip is refused (%j %j)', async (options, cell) => {
	const bare = { quoteMode: 'never' as const, ...options };
	expect(await faultOf(() => textOf(bare, [['1'], [cell]], ALONE))).toMatchObject({
		reason: 'setting',
		message: 'Quote Mode: row 2, column "a" would be a line of spaces or of \\., which many readers skip',
	});
	expect(textOf(bare, [[cell, 'x']], columnsOf('a', 'b'))).toContain('x\n');
});

test('without quotes, a line that an escape character makes visible is written', () => {
	expect(textOf({ quoteMode: 'never', escape: '\\' }, [['\\.']], ALONE)).toBe('a\n\\\\.\n');
});

test('without quotes, a name of spaces of the only column is refused', async () => {
	expect(await faultOf(() => textOf({ quoteMode: 'never' }, [], columnsOf(' ')))).toMatchObject({
		message: 'Quote Mode: the name of the only column would be a line of spaces or of \\., which many readers skip',
	});
});

test('without quotes, an empty name of the only column is refused', async () => {
	expect(await faultOf(() => textOf({ quoteMode: 'never' }, [], columnsOf('')))).toMatchObject({
		message: 'Quote Mode: the name of the only column would be an empty line, which many readers skip',
	});
});

test('a mark that the encoding lacks is refused before the first row', async () => {
	expect(await faultOf(() => openDelimited({ ...PLAIN, encoding: 'windows1252', delimiter: '│' }))).toMatchObject({
		reason: 'setting',
		message: expect.stringContaining('Windows-1252 can\'t represent "│"'),
	});
});

test.each(['〜', '～'])('a mark that another character is written like is refused (%s)', async (mark) => {
	expect(await faultOf(() => openDelimited({ ...PLAIN, encoding: 'shiftjis', nullValue: mark }))).toMatchObject({
		reason: 'setting',
		message: expect.stringMatching(/^File Encoding: Shift_JIS writes "[〜～]" as it writes "[〜～]", which is/),
	});
	expect(openDelimited({ ...PLAIN, encoding: 'windows1252', nullValue: '¬' })).toBeDefined();
});

test.each<Partial<DelimitedOptions>>([
	{ delimiter: '?' },
	{ quote: '?' },
	{ escape: '?' },
	{ lineFeed: '?\n' },
	{ nullValue: 'N?A' },
])('a question mark is no mark where it replaces other characters: %j', async (marks) => {
	const options: DelimitedOptions = { ...PLAIN, encoding: 'windows1252', onUnmappable: 'replace', ...marks };
	expect(await faultOf(() => openDelimited(options))).toMatchObject({
		reason: 'setting',
		message:
			'On Unmappable Character: Replace writes a question mark, which is a delimiter, a quote or the null value here',
	});
	expect(openDelimited({ ...options, onUnmappable: 'refuse' })).toBeDefined();
	expect(openDelimited({ ...options, encoding: 'utf16le' })).toBeDefined();
});

const aDialect = fc.record({
	delimiter: fc.constantFrom(',', ';', '\t', '|', '||', '漢', '😀'),
	quote: fc.constantFrom('"', "'"),
	quoteMode: fc.constantFrom('needed', 'allText', 'everything', 'never'),
	escape: fc.constantFrom('"', "'", '\\'),
	lineFeed: fc.constantFrom('\n', '\r\n', '\r', '#'),
	nullValue: fc.constantFrom('', 'NULL', '\\N', '0'),
	header: fc.boolean(),
	encoding: fc.constantFrom('utf8', 'utf16le', 'gb18030'),
});

test('whatever the dialect, a reader of it gets back every cell, and null apart from text', async () => {
	await fc.assert(
		fc.asyncProperty(aTable, aDialect, async (table, marks) => {
			// An escape that is no backslash is the quote itself.
			const options: DelimitedOptions = { ...PLAIN, ...marks, escape: marks.escape === '\\' ? '\\' : marks.quote };
			const columns = columnsOf(...table[0]!.map((_, place) => `c${place}`));
			const text = decodedOf(options, columns, table);
			const names = options.header ? [columns.map(({ name }) => name)] : [];
			const expected = [...names, ...table.map((row) => row.map((cell) => told(cell, options, row.length)))];
			if (text !== undefined) expect(readDelimited(text, options)).toEqual(expected);
		}),
		RUNS,
	);
});

test('what is written as Domo writes it is read as Domo is read', async () => {
	await fc.assert(
		fc.asyncProperty(aTable, async (table) => {
			const told = (cell: Cell, { length }: Row) => (cell === '\\N' ? 'N' : length === 1 ? (cell ?? '') : cell);
			const [header = [], ...rows] = table.map((row) => row.map((cell) => told(cell, row)));
			const columns = columnsOf(...header.map((_, place) => `c${place}`));
			const read = await readText(textOf({}, rows, columns));
			expect(read).toEqual([columns.map(({ name }) => name), ...rows]);
		}),
		RUNS,
	);
});

/** Without quotes, empty text reads as an empty null value; in a file of one column, an empty null value is written as empty text. */
function told(cell: Cell, { quoteMode, nullValue }: DelimitedOptions, width: number): Cell {
	if (nullValue !== '') return cell;
	if (quoteMode === 'never') return cell === '' ? null : cell;
	return width === 1 ? (cell ?? '') : cell;
}

/** Undefined when the dialect cannot write it. */
function decodedOf(
	options: DelimitedOptions,
	columns: ReturnType<typeof columnsOf>,
	rows: readonly Row[],
): string | undefined {
	try {
		const bytes = written(openDelimited(options), columns, rows);
		const name = { utf8: 'utf-8', utf16le: 'utf-16le', gb18030: 'gb18030' }[options.encoding];
		return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch (fault) {
		if (options.quoteMode === 'never') return undefined;
		throw fault;
	}
}
