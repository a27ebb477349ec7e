import * as fc from 'fast-check';
import type { JsonLinesOptions } from '../../../../core/format/formatOptions';
import { openJsonLines } from '../../../../core/format/text/jsonLinesWriter';
import { RUNS } from '../../runs';
import { aTable, columnsOf, faultOf, written } from '../rows';

const OPTIONS: JsonLinesOptions = {
	kind: 'jsonLines',
	encoding: 'utf8',
	onUnmappable: 'refuse',
	includeBom: false,
	lineFeed: '\n',
};

const open = openJsonLines(OPTIONS);
const numberOf = (cell: string) => /:(.*)\}/.exec(written(open, columnsOf('n:DECIMAL'), [[cell]]).toString())?.[1];

test('a row is an object with the columns in order', () => {
	const columns = columnsOf('id:LONG', 'a "name"', 'at:DATETIME', 'day:DATE', 'x:DOUBLE');
	const rows = [
		['7', 'text', '2019-03-19T18:49:02', '2019-03-19', '1E-7'],
		[null, '', null, null, null],
	];
	expect(written(open, columns, rows).toString()).toBe(
		[
			'{"id":7,"a \\"name\\"":"text","at":"2019-03-19T18:49:02","day":"2019-03-19","x":1E-7}\n',
			'{"id":null,"a \\"name\\"":"","at":null,"day":null,"x":null}\n',
		].join(''),
	);
});

test.each(['9007199254740993', '9223372036854775807', '-1.500', '0.00', '-0', '1E-7', '1.7976931348623157E308', '0'])(
	'the number %s keeps every digit',
	(cell) => {
		expect(numberOf(cell)).toBe(cell);
	},
);

test.each([
	['+5', '5'],
	['007', '7'],
	['-00.50', '-0.50'],
	['.5', '0.5'],
	['-.5', '-0.5'],
	['5.', '5'],
	['000', '0'],
	['+.50e+3', '0.50e+3'],
])('%s becomes the number %s, which JSON allows', (cell, json) => {
	expect(numberOf(cell)).toBe(json);
});

test.each(['NaN', 'Infinity', '', '.', 'e5', '1,5', '0x10', '--1', '1e'])(
	'%j is no number and becomes a string',
	(cell) => {
		expect(numberOf(cell)).toBe(JSON.stringify(cell));
	},
);

test('digits in a STRING column stay a string', () => {
	expect(written(open, columnsOf('zip'), [['01234']]).toString()).toBe('{"zip":"01234"}\n');
});

test('no line ends inside a string, also for readers that take more for a line end', () => {
	const text = 'a\u2028b\u2029c\u0085d\ve\ff\x1c';
	const line = written(open, columnsOf(text), [[text]]).toString();
	expect(line).toMatch(/^[ -~]+\n$/);
	expect(JSON.parse(line)).toEqual({ [text]: text });
});

test('every line is JSON that holds the cells that were given', () => {
	fc.assert(
		fc.property(aTable, fc.string({ unit: 'binary' }), (table, name) => {
			const columns = table[0]!.map((_, place) => ({ name: `${place}${name}`, type: 'STRING' as const }));
			const lines = written(open, columns, table).toString().split('\n').slice(0, -1);
			const rows = lines.map((line) => Object.values(JSON.parse(line) as object));
			expect(rows).toEqual(table);
		}),
		RUNS,
	);
});

test('two columns of the same name are refused', async () => {
	expect(await faultOf(() => open(columnsOf('a', 'b', 'a')))).toMatchObject({
		reason: 'setting',
		message: 'Format: JSON Lines cannot hold two columns named "a"',
	});
});

test('two names that are one once their characters are replaced are refused', async () => {
	const columns = columnsOf('名前', '住所');
	const replacing = (encoding: string) => openJsonLines({ ...OPTIONS, encoding, onUnmappable: 'replace' });
	expect(await faultOf(() => replacing('windows1252')(columns))).toMatchObject({
		reason: 'setting',
		message: 'Format: JSON Lines cannot hold two columns named "??"',
	});
	expect(written(replacing('shiftjis'), columns, []).length).toBe(0);
});
