import * as fc from 'fast-check';
import { readDateFormat } from '../../../../core/support/datePattern';
import { cellTransforms } from '../../../../core/format/rows/cellTransforms';
import type { CellRules, DelimitedOptions } from '../../../../core/format/formatOptions';
import { openDelimited } from '../../../../core/format/text/delimitedWriter';
import { columnsOf, PLAIN, written } from '../rows';

const COLUMNS = columnsOf('=name', 'amount:DECIMAL', 'at:DATETIME', 'day:DATE');
const AS_IT_IS: CellRules = { timeZone: 'UTC', escapeFormulas: false };
const FORMATTED: CellRules = {
	...AS_IT_IS,
	dateTimeFormat: readDateFormat('dd.MM.yyyy HH:mm', 'X'),
	timeZone: 'Europe/Vienna',
};

const timeOf = (text: string, rules = FORMATTED) =>
	cellTransforms(rules, columnsOf('at:DATETIME')).apply([[text]])[0]?.[0];

test.each(['=1+1', '+49', '-x', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1'])(
	'text that begins like %j gets an apostrophe',
	(text) => {
		const { apply } = cellTransforms({ ...AS_IT_IS, escapeFormulas: true }, columnsOf('a'));
		expect(apply([[text]])).toEqual([[`'${text}`]]);
	},
);

test.each([
	' =1',
	'\u00a0=1',
	'\u200b=1',
	'\u3000=1',
	'\v=1',
	'\f=1',
	'\0=1',
	'\ufeff@x',
	'﹢1',
	'﹣1',
	'﹦1',
	'−1',
	'⁺1',
])('text that begins like %j gets an apostrophe, too', (text) => {
	const { apply } = cellTransforms({ ...AS_IT_IS, escapeFormulas: true }, columnsOf('a'));
	expect(apply([[text]])).toEqual([[`'${text}`]]);
});

test.each([
	[";=cmd|'/C calc'!A0", ";'=cmd|'/C calc'!A0"],
	['a; +1', "a;' +1"],
	['a\t=1', "a\t'=1"],
	['a|@x', "a|'@x"],
	['=1;=1', "'=1;'=1"],
	['a;b', 'a;b'],
])('%j is no formula where another list separator ends cells: %j', (text, written) => {
	const { apply } = cellTransforms({ ...AS_IT_IS, escapeFormulas: true }, columnsOf('a'));
	expect(apply([[text]])).toEqual([[written]]);
});

test.each([
	['hi,=1+1', "hi,'=1+1"],
	[', @x', ",' @x"],
	['-1,-2', "'-1,'-2"],
	['1,5', '1,5'],
])(
	'%j is no formula where a comma ends cells either, unless the file has commas between its own: %j',
	(text, written) => {
		const rules = { ...AS_IT_IS, escapeFormulas: true };
		for (const delimiter of [';', '\t', '|']) {
			expect(cellTransforms(rules, columnsOf('a'), { delimited: { ...PLAIN, delimiter } }).apply([[text]])).toEqual([
				[written],
			]);
		}
		const [[kept] = []] = cellTransforms(rules, columnsOf('a'), { delimited: PLAIN }).apply([[text]]);
		expect(kept?.replace(/^'/, '')).toBe(text);
	},
);

test.each<[string, Partial<DelimitedOptions>, string, string]>([
	['in quotes', {}, 'a,=1+1', '"a,=1+1"'],
	['in quotes, with a quote', {}, 'a",=1+1', '"a"",=1+1"'],
	['escaped, without quotes', { quoteMode: 'never', escape: '\\' }, 'a,=1+1', "a\\,'=1+1"],
	['escaped, with another delimiter', { quoteMode: 'never', escape: '\\', delimiter: ':' }, 'a:=1', "a\\:'=1"],
	['escaped, with a special delimiter', { quoteMode: 'never', escape: '\\', delimiter: '^' }, 'a^=1', "a\\^'=1"],
	['in other quotes', { quote: "'", escape: "'" }, 'a,=1+1', "'a,''=1+1'"],
	['in other quotes, with another delimiter', { quote: "'", escape: "'", delimiter: ':' }, 'a:=1', "'a:''=1'"],
	['in quotes that are escaped', { escape: '\\' }, 'a",=1+1', '"a\\",\'=1+1"'],
	['in quotes, with another delimiter', { delimiter: ':' }, 'a:=1', '"a:=1"'],
])('behind a delimiter, a formula stays as it is only where quotes protect it: %s', (_, options, text, inFile) => {
	const delimited = { ...PLAIN, ...options };
	const { columns, apply } = cellTransforms({ ...AS_IT_IS, escapeFormulas: true }, columnsOf('a'), { delimited });
	expect(written(openDelimited({ ...delimited, header: false }), columns, apply([[text]])).toString()).toBe(
		`${inFile}\n`,
	);
});

test('other text, numbers, dates and nulls stay when formulas are escaped', () => {
	const rows = [
		['a=b', '-1.50', '-', '-'],
		[null, null, null, null],
		['', '+1', '', ''],
	];
	expect(cellTransforms({ ...AS_IT_IS, escapeFormulas: true }, COLUMNS).apply(rows)).toEqual(rows);
});

test('column names that look like formulas get an apostrophe, too', () => {
	const { columns } = cellTransforms({ ...AS_IT_IS, escapeFormulas: true }, COLUMNS);
	expect(columns.map(({ name }) => name)).toEqual(["'=name", 'amount', 'at', 'day']);
});

test.each([
	['2019-03-19T18:49:02', '19.03.2019 19:49'],
	['2019-03-19 18:49:02', '19.03.2019 19:49'],
	['2019-07-19T22:49:02.123456Z', '20.07.2019 00:49'],
	['0050-01-01T12:00:00', '01.01.0050 13:05'],
	['2019-02-30T00:00:00', '2019-02-30T00:00:00'],
	['2019-03-19', '2019-03-19'],
	['yesterday', 'yesterday'],
	['', ''],
])('the date and time %j becomes %j', (text, written) => {
	expect(timeOf(text)).toBe(written);
});

test('a date and time that repeats is written the same each time', () => {
	const { apply } = cellTransforms(FORMATTED, columnsOf('at:DATETIME'));
	const at = '2019-03-19T18:49:02';
	expect(apply([[at], ['2019-03-20T18:49:02'], [at], [null]])).toEqual([
		['19.03.2019 19:49'],
		['20.03.2019 19:49'],
		['19.03.2019 19:49'],
		[null],
	]);
});

test('only DATETIME columns are formatted', () => {
	const at = '2019-03-19T18:49:02';
	expect(cellTransforms(FORMATTED, COLUMNS).apply([[at, at, at, at]])).toEqual([[at, at, '19.03.2019 19:49', at]]);
});

test('without rules the rows are the same objects', () => {
	const rows = [['=1', '1', '2019-03-19T18:49:02', null]];
	expect(cellTransforms(AS_IT_IS, COLUMNS).apply(rows)).toBe(rows);
});

test('the rows that were given are not changed', () => {
	const row = Object.freeze(['=1', '1', '2019-03-19T18:49:02', null]);
	cellTransforms({ ...FORMATTED, escapeFormulas: true }, COLUMNS).apply([row]);
	expect(row[0]).toBe('=1');
});

const commaIn = (text: string | null, column: string, rules: CellRules = AS_IT_IS) =>
	cellTransforms({ ...rules, decimalSeparator: ',' }, columnsOf(column)).apply([[text]])[0]?.[0];

test.each(['a:DECIMAL', 'a:DOUBLE'])('in a column %s, the decimal separator becomes a comma', (column) => {
	expect(commaIn('1.50', column)).toBe('1,50');
	expect(commaIn('-0.1', column)).toBe('-0,1');
	expect(commaIn('+.5', column)).toBe('+,5');
	expect(commaIn('7.', column)).toBe('7,');
	expect(commaIn('1.5E10', column)).toBe('1,5E10');
	expect(commaIn('-1.7976931348623157e-308', column)).toBe('-1,7976931348623157e-308');
	expect(commaIn('12345678901234567890.123456789012345678', column)).toBe('12345678901234567890,123456789012345678');
});

const NOT_WITH_POINT = ['0', '-42', '1E-7', '', '.', '-.', 'NaN', 'Infinity', '1.234.567', '1,234.5', '1.5 kg', ' 1.5'];

test.each([...NOT_WITH_POINT, '1.5E', 'v1.2'])(
	'%j in a number column stays, because it is no number with a point',
	(text) => {
		expect(commaIn(text, 'a:DECIMAL')).toBe(text);
	},
);

test.each(['a', 'a:LONG', 'a:DATE', 'a:DATETIME'])('in a column %s, a decimal comma changes nothing', (column) => {
	expect(commaIn('1.5', column)).toBe('1.5');
});

test('null has no decimal separator', () => {
	expect(commaIn(null, 'a:DOUBLE')).toBeNull();
});

test('a negative number with a decimal comma is no formula, but text that looks the same is', () => {
	const rules = { ...AS_IT_IS, escapeFormulas: true };
	expect(commaIn('-1.5', 'a:DECIMAL', rules)).toBe('-1,5');
	expect(commaIn('-1.5', 'a:STRING', rules)).toBe("'-1.5");
});

const aDecimal = fc.stringMatching(/^[+-]?\d{0,20}(\.\d{0,20})?([eE][+-]?\d{1,3})?$/);

test('with a decimal comma, every number keeps its digits, and what is no number stays', () => {
	fc.assert(
		fc.property(fc.oneof(aDecimal, fc.double().map(String), fc.string()), (text) => {
			const isNumber = /\d/.test(text) && !Number.isNaN(Number(text)) && text.trim() === text;
			expect(commaIn(text, 'a:DOUBLE')).toBe(isNumber ? text.split('.').join(',') : text);
		}),
		{ numRuns: 2000 },
	);
});
