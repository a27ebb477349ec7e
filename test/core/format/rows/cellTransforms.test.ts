import { readDateFormat } from '../../../../core/support/datePattern';
import { cellTransforms } from '../../../../core/format/rows/cellTransforms';
import type { CellRules } from '../../../../core/format/formatOptions';
import { columnsOf } from '../rows';

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
