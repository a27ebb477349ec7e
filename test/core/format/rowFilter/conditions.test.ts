import * as fc from 'fast-check';
import type { Column } from '../../../../core/domo/schema';
import { readCsv } from '../../../../core/format/csv/csvReader';
import type { Condition, Operator, RowFilter } from '../../../../core/format/formatOptions';
import { bytesOf as toBytes, type RowCells } from '../../../../core/format/rowFilter/byteText';
import { compileConditions } from '../../../../core/format/rowFilter/conditions';
import { RowSelector } from '../../../../core/format/rowFilter/rowSelector';
import { refusal } from '../../refusal';
import { RUNS } from '../../runs';
import { bytesOf } from '../bodies';
import { columnsOf, fleeting } from '../rows';

/** Late in the evening in New York, and the next day in Vienna. */
const NOW = new Date('2026-03-10T02:30:00Z');

const COLUMNS = columnsOf('Region', 'Amount:LONG', 'Price:DECIMAL', 'Ratio:DOUBLE', 'Day:DATE', 'At:DATETIME');

function filterOf(condition: Condition, more: Partial<RowFilter> = {}): RowFilter {
	return { conditions: [condition], match: 'all', ignoreCase: false, timeZone: 'UTC', ...more };
}

/** Cells as the scanner of an export hands them out. */
function rowOf(...cells: ReadonlyArray<string | null>): RowCells {
	return {
		isEmpty: (place) => (cells[place] ?? '') === '',
		read: (place, use) => {
			const text = toBytes(cells[place] ?? '');
			return use({ bytes: Buffer.from(text, 'latin1'), text }, 0, text.length);
		},
	};
}

function fits(cell: string | null, condition: Condition, more: Partial<RowFilter> = {}): boolean {
	const { fits: isFit } = compileConditions(filterOf(condition, more), COLUMNS, NOW);
	return isFit(rowOf(cell), 1);
}

type On = (operator: Operator, ...values: readonly string[]) => Condition;

const on =
	(column: string): On =>
	(operator, ...values) => ({ column, operator, values });

const region = on('Region');
const amount = on('Amount');
const price = on('Price');
const ratio = on('Ratio');
const day = on('Day');
const at = on('At');

test.each([
	['9007199254740993', amount('is', '9007199254740992'), false],
	['9007199254740993', amount('greater', '9007199254740992'), true],
	['007', amount('is', '7'), true],
	['1000', amount('isOneOf', '2.0', '1e3'), true],
	['1001', amount('isOneOf', '2.0', '1e3'), false],
	['-12', amount('is', '-1.20E+1'), true],
	['0', amount('is', '0.0e-99999'), true],
	['-9223372036854775808', amount('is', '-9.223372036854775808e18'), true],
	['-0', amount('is', '+0'), true],
	['-10', amount('less', '-9'), true],
	['0.10', price('is', '.1'), true],
	['1E+3', price('is', '1000.00'), true],
	['12345678901234567890.000000000000000001', price('greater', '12345678901234567890'), true],
	['0.1', ratio('is', '1e-1'), true],
	['NaN', ratio('is', '0'), false],
	['NaN', ratio('isNot', '0'), true],
	['NaN', ratio('atLeast', '-inf'), false],
	['-Infinity', ratio('less', '-1e308'), true],
])('the number %s is compared exactly: %j is %s', (cell, condition, expected) => {
	expect(fits(cell, condition)).toBe(expected);
});

test.each([
	['ΣΑΣΑ', region('contains', 'ΑΣ')],
	['ΟΔΟΣΑ', region('startsWith', 'ΟΔΟΣ')],
	['οδοσ', region('is', 'ΟΔΟΣ')],
	['ΟΔΟΣ', region('isOneOf', 'a', 'οδος')],
	['\u212Aöln', region('is', 'köln')],
	['\u212Aiel', region('is', 'kiel')],
	['東京', region('isNot', 'kiel')],
])('%s fits where case is ignored, wherever its letters stand in the word', (cell, condition) => {
	expect(fits(cell, condition, { ignoreCase: true })).toBe(true);
});

const UNSEEN = /"5" \(with spaces or invisible characters\)/;

test.each([' 5', '5\u00a0', '5\r', '\u200b5'])(
	'the message about the cell %j says that it has characters that nothing shows',
	(text) => {
		const { fits: isFit } = compileConditions(filterOf(amount('is', '5')), COLUMNS, NOW);
		expect(() => isFit(rowOf(text), 1)).toThrow(UNSEEN);
	},
);

test('so does the message about a value', () => {
	expect(() => compileConditions(filterOf(amount('is', '\u200b5')), COLUMNS, NOW)).toThrow(UNSEEN);
});

test('a DataSet that Domo describes without its columns has none to compare', () => {
	expect(() => compileConditions(filterOf(amount('is', '5')), [], NOW)).toThrow(
		'Conditions: Domo lists no columns for this DataSet',
	);
});

test.each([
	['UTC', '2026-01-31T23:30:00', at('atLeast', '2026-02-01'), false],
	['Europe/Vienna', '2026-01-31T23:30:00', at('atLeast', '2026-02-01'), true],
	['Europe/Vienna', '2026-07-31 22:00:00', at('is', '2026-08-01T00:00'), true],
	['Europe/Vienna', '2026-07-31 22:00:00', at('is', '2026-07-31T22:00:00Z'), true],
	['Europe/Vienna', '2026-07-31 22:00:00.123456', at('greater', '2026-08-01T00:00:00.123'), true],
	['UTC', '2026-01-31T12:00:00', at('is', '2026-01-31T12:00:00.000+00:00'), true],
	['UTC', '2026-01-31', day('is', '2026-01-31'), true],
	['UTC', '2026-01-31', day('is', '2026-01-31T23:30:00-02:00'), false],
	['America/Noronha', '2026-01-31', day('is', '2026-01-31T23:30:00-02:00'), true],
	['UTC', '2026-03-10', day('is', '<current_date>'), true],
	['America/New_York', '2026-03-10', day('is', '<current_date>'), false],
	['America/New_York', '2026-03-08', day('is', '< Current_Date-1 >'), true],
	['UTC', '2026-03-10T00:00:00', at('atLeast', '<current_date>'), true],
	['America/New_York', '2026-03-09T03:59:59', at('atLeast', '<current_date>'), false],
	['America/New_York', '2026-03-09T04:00:00', at('atLeast', '<current_date>'), true],
])('in %s, %s is compared by the clocks there: %j is %s', (timeZone, cell, condition, expected) => {
	expect(fits(cell, condition, { timeZone })).toBe(expected);
});

test.each([
	['North', region('is', 'north'), false],
	['ÉTÉ', region('is', 'été'), true],
	['Straße', region('contains', 'STRASSE'), false],
	['Nord', region('isOneOf', 'süd', 'NORD'), true],
	['😀', region('greater', '\uffee'), true],
])('the text %s fits %j: %s, which is about case only with Ignore Case', (cell, condition, expected) => {
	expect(fits(cell, condition, { ignoreCase: expected })).toBe(expected);
});

test.each([
	[null, region('isEmpty'), true],
	['', region('isEmpty'), true],
	[' ', region('isEmpty'), false],
	[null, region('isNot', 'north'), true],
	[null, region('less', 'north'), false],
	['', amount('isNotEmpty'), false],
	['', amount('isNot', '1'), true],
	['', amount('less', '1'), false],
])('%j is as empty as it looks: %j is %s', (cell, condition, expected) => {
	expect(fits(cell, condition)).toBe(expected);
});

test.each<[Condition, string, RegExp]>([
	[on('Regoin')('is', 'x'), 'Conditions: the DataSet has no column "Regoin"', /Did you mean "Region"\?/],
	[amount('contains', '1'), 'Conditions: column "Amount" is LONG, which doesn\'t support Contains', /a text column/],
	[amount('is', '1.5'), 'Conditions: column "Amount" is LONG, and "1.5" is not a whole number of 64 bits', /42/],
	[
		amount('isOneOf', '1', '9223372036854775808'),
		'Conditions: column "Amount" is LONG, and "9223372036854775808" is not a whole number of 64 bits',
		/42/,
	],
	...['1.0e-1', '9.223372036854775808e18', '1e99999', `1e${'9'.repeat(40)}`].map(
		(value): [Condition, string, RegExp] => [
			amount('is', value),
			`Conditions: column "Amount" is LONG, and "${value}" is not a whole number of 64 bits`,
			/42/,
		],
	),
	[price('is', '1,5'), 'Conditions: column "Price" is DECIMAL, and "1,5" is not a decimal number', /19\.90/],
	[ratio('is', 'NaN'), 'Conditions: column "Ratio" is DOUBLE, and "NaN" is not a number that fits in 64 bits', /0\.5/],
	[day('is', '2026-02-30'), 'Conditions: column "Day" is DATE, and "2026-02-30" is not a date like 2025-01-31', /date/],
	[
		at('is', 'yesterday'),
		'Conditions: column "At" is DATETIME, and "yesterday" is not a time like 2025-01-31T18:49:02',
		/current_date-1/,
	],
	[
		region('is', '<current_date-1>'),
		'Conditions: column "Region" is STRING, and <current_date-1> works only for DATE and DATETIME columns',
		/toFormat/,
	],
	[
		amount('between', '10', '9'),
		'Conditions: no value is between "10" and "9" in column "Amount"',
		/lower value first/,
	],
	[region('between', 'b', 'a'), 'Conditions: no value is between "b" and "a" in column "Region"', /lower value first/],
])('%j is refused before anything is read', (condition, message, hint) => {
	const fault = refusal(() => compileConditions(filterOf(condition), COLUMNS, NOW));
	expect(fault).toMatchObject({ reason: 'setting', message, hint: expect.stringMatching(hint) });
});

test.each(['7.0', '7e0'])('a cell with %j is no whole number of 64 bits, and refused', (cell) => {
	expect(refusal(() => fits(cell, amount('is', '7'))).message).toContain('which is not a whole number of 64 bits');
});

test('a time zone that does not exist is refused', () => {
	const work = () => compileConditions(filterOf(day('is', '2026-01-01'), { timeZone: 'Mars' }), COLUMNS, NOW);
	expect(refusal(work).message).toBe('Time Zone: there is no time zone "Mars"');
});

test('a column that the DataSet has twice is refused, and one is found in spite of spaces around its name', () => {
	const twice: readonly Column[] = columnsOf('a', 'a', ' b');
	const compiled = (column: string) => compileConditions(filterOf(on(column)('isEmpty')), twice, NOW);
	expect(refusal(() => compiled('a')).message).toBe('Conditions: the DataSet has more than one column "a"');
	expect(compiled('b ').places).toEqual([2]);
});

test('every condition is looked at, so that no order of them hides a cell that does not fit', () => {
	const conditions = [amount('is', '1'), price('is', '1')];
	for (const match of ['all', 'any'] as const) {
		const { fits: isFit } = compileConditions({ ...filterOf(region('is', 'x')), conditions, match }, COLUMNS, NOW);
		expect(isFit(rowOf('1', '2'), 1)).toBe(match === 'any');
		expect(refusal(() => isFit(rowOf(match === 'any' ? '1' : '2', 'x'), 7)).message).toBe(
			'Conditions: row 7, column "Price" holds "x", which is not a decimal number',
		);
	}
});

test('what is no CSV of Domo is refused as the reader of cells refuses it', async () => {
	const pieces = ['a', '"', ',', '\n', '\r\n', '\r', '""', '\\N', 'é', ',"', '",'];
	const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((all) => all.join(''));
	const faultIn = async (work: () => Promise<unknown>) =>
		await work().then(
			() => undefined,
			(fault: unknown) => String(fault),
		);
	const aHeader = fc.constantFrom('a\n', 'a\r\n', 'a,b\n', '"a","b"\r\n');
	await fc.assert(
		fc.asyncProperty(aHeader, text, async (header, rows) => {
			const names = header.includes('b') ? ['a', 'b'] : ['a'];
			const source = () => fleeting([Buffer.from(header + rows)]);
			const read = async () => {
				for await (const batch of readCsv(source())) void batch;
			};
			const selector = new RowSelector({ ...filterOf(region('isEmpty')), conditions: [] }, columnsOf(...names), NOW);
			expect(await faultIn(async () => await bytesOf(selector.select(source())))).toEqual(await faultIn(read));
		}),
		RUNS,
	);
});
