import * as fc from 'fast-check';
import type { ColumnType } from '../../../../core/domo/schema';
import { WritebackError } from '../../../../core/support/errors';
import { openCodec } from '../../../../core/format/parquet/codec';
import type { Cell, Row } from '../../../../core/format/csv/row';
import { type Codec, columnsOf, parquetOf, readBack } from '../parquetFile';

const CODECS: readonly Codec[] = ['snappy', 'zstd', 'uncompressed'];

async function valuesOf(type: ColumnType, cells: readonly Cell[]): Promise<unknown[]> {
	const rows = cells.map((cell): Row => [cell]);
	const read = await readBack(await parquetOf(columnsOf({ value: type }), [rows]));
	return read.rows.map(({ value }) => value);
}

async function refusal(type: ColumnType, cells: readonly Cell[]): Promise<WritebackError> {
	const fault: unknown = await valuesOf(type, cells).then(
		() => undefined,
		(cause: unknown) => cause,
	);
	if (fault instanceof WritebackError) return fault;
	throw new Error('The cells were not refused', { cause: fault });
}

const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const micros = (time: string): bigint => BigInt(Date.parse(time)) * 1000n;

test('every type of Domo has its own in Parquet, and nothing is required', async () => {
	const types = { s: 'STRING', l: 'LONG', d: 'DECIMAL', f: 'DOUBLE', day: 'DATE', at: 'DATETIME' } as const;
	const { metadata } = await readBack(await parquetOf(columnsOf(types), []));
	expect(metadata.schema.slice(1)).toMatchObject([
		{ name: 's', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
		{ name: 'l', type: 'INT64', repetition_type: 'OPTIONAL' },
		{ name: 'd', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, precision: 38, scale: 18, repetition_type: 'OPTIONAL' },
		{ name: 'f', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
		{ name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
		{ name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MICROS', repetition_type: 'OPTIONAL' },
	]);
});

test('times are in UTC, to the microsecond', async () => {
	const { metadata } = await readBack(await parquetOf(columnsOf({ at: 'DATETIME' }), []));
	expect(metadata.schema[1]?.logical_type).toEqual({ type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' });
});

test('a DataSet without rows is a file with columns and no row groups', async () => {
	const { metadata, rows } = await readBack(await parquetOf(columnsOf({ a: 'STRING' }), []));
	expect([metadata.row_groups, rows]).toEqual([[], []]);
});

test('empty text is not null, and text of any language comes back', async () => {
	const cells = ['', null, 'é', '漢字', '😀', 'a\0b', '"\r\n', 'x'.repeat(100_000)];
	expect(await valuesOf('STRING', cells)).toEqual(cells);
});

test('a number that was quoted though there is none is null', async () => {
	expect(await valuesOf('LONG', ['', '1'])).toEqual([null, 1n]);
});

test('LONG keeps all 64 bits', async () => {
	const cells = ['9223372036854775807', '-9223372036854775808', '9007199254740993', '0', '-1', '+5', '007'];
	expect(await valuesOf('LONG', cells)).toEqual(cells.map((cell) => BigInt(cell.replace('+', ''))));
});

test.each(['9223372036854775808', '1.0', '1e3', ' 1', 'x', '0x1'])('LONG: %s is refused', async (cell) => {
	expect((await refusal('LONG', [cell])).reason).toBe('setting');
});

test.each([
	['0', 0n],
	['-0.0', 0n],
	['1.50', 15n * 10n ** 17n],
	['.5', 5n * 10n ** 17n],
	['-0.000000000000000001', -1n],
	['99999999999999999999.999999999999999999', 10n ** 38n - 1n],
	['-99999999999999999999.999999999999999999', 1n - 10n ** 38n],
	['00000000000000000000000001', 10n ** 18n],
	['1.0000000000000000000000000', 10n ** 18n],
	['1.5E-3', 15n * 10n ** 14n],
	['1E+3', 10n ** 21n],
	['-1.5e-7', -15n * 10n ** 10n],
	['+1e0005', 10n ** 23n],
	['0E+999999999', 0n],
	['0.000E-99999', 0n],
	['0.00000000000000000001E20', 10n ** 18n],
	['123456789012345678901234567890E-12', 123456789012345678901234567890n * 10n ** 6n],
	['1.50000000000000000000000000E-17', 15n],
	['1.2345E2', 12345n * 10n ** 16n],
	['1E19', 10n ** 37n],
])('DECIMAL: %s is exact', async (cell, units) => {
	expect(await valuesOf('DECIMAL', [cell])).toEqual([units]);
});

test.each(['100000000000000000000', '1E20', '0.0000000000000000001', '-1E-19', '1E999999999', '1E-999999999'])(
	'DECIMAL: %s is refused, and not rounded',
	async (cell) => {
		expect((await refusal('DECIMAL', [cell])).reason).toBe('setting');
	},
);

test.each(['1.2.3', '1,5', '-', '.', 'E5', 'NaN', ' 1'])('DECIMAL: %s is no number', async (cell) => {
	expect((await refusal('DECIMAL', [cell])).reason).toBe('setting');
});

test('any decimal number that fits comes back exactly', async () => {
	const units = fc.bigInt({ min: 1n - 10n ** 38n, max: 10n ** 38n - 1n });
	await fc.assert(
		fc.asyncProperty(fc.array(units, { minLength: 1, maxLength: 50 }), async (numbers) => {
			const cells = numbers.map((number) => {
				const digits = String(number < 0n ? -number : number).padStart(19, '0');
				return `${number < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`;
			});
			expect(await valuesOf('DECIMAL', cells)).toEqual(numbers);
		}),
		{ numRuns: 200 },
	);
});

/** Digits with a point anywhere, or an exponent, as a program may write them. */
const aDecimal = fc
	.record({
		sign: fc.constantFrom('', '-', '+'),
		whole: fc.stringMatching(/^[0-9]{0,24}$/),
		fraction: fc.option(fc.stringMatching(/^[0-9]{0,24}$/)),
		exponent: fc.option(
			fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '-', '+'), fc.stringMatching(/^0{0,3}[0-9]{1,2}$/)),
		),
	})
	.filter(({ whole, fraction }) => whole + (fraction ?? '') !== '')
	.map(({ sign, whole, fraction, exponent }) => ({
		text: `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`,
		units: unitsOf(
			`${sign === '-' ? '-' : ''}${whole}${fraction ?? ''}`,
			(fraction ?? '').length,
			exponent?.slice(1).join('') ?? '0',
		),
	}));

/** The number as so many 10^-18, worked out by division; undefined when that is no whole number. */
function unitsOf(digits: string, places: number, exponent: string): bigint | undefined {
	const power = 18 - places + Number(exponent);
	const value = BigInt(digits);
	if (power >= 0) return value * 10n ** BigInt(power);
	const divisor = 10n ** BigInt(-power);
	return value % divisor === 0n ? value / divisor : undefined;
}

test('any form of a decimal number is exact, or refused', async () => {
	await fc.assert(
		fc.asyncProperty(aDecimal, async ({ text, units }) => {
			const fits = units !== undefined && units < 10n ** 38n && units > -(10n ** 38n);
			if (fits) expect(await valuesOf('DECIMAL', [text])).toEqual([units]);
			else expect((await refusal('DECIMAL', [text])).reason).toBe('setting');
		}),
		{ numRuns: 1000 },
	);
});

test('DOUBLE holds what Java writes', async () => {
	const cells = ['1.5', '-0.0', '1e308', '5E-324', 'NaN', 'Infinity', '-Infinity'];
	expect(await valuesOf('DOUBLE', cells)).toEqual([1.5, -0, 1e308, 5e-324, NaN, Infinity, -Infinity]);
});

test('DOUBLE holds what other languages write for no number', async () => {
	const cells = ['nan', 'inf', '-inf', '+Infinity'];
	expect(await valuesOf('DOUBLE', cells)).toEqual([NaN, Infinity, -Infinity, Infinity]);
});

test.each(['1e309', '0x10', 'one', ' 1', '1_000'])('DOUBLE: %s is refused', async (cell) => {
	expect((await refusal('DOUBLE', [cell])).reason).toBe('setting');
});

test('DATE reaches from year 1 to year 9999', async () => {
	const cells = ['0001-01-01', '9999-12-31', '1970-01-01', '1969-12-31', '2000-02-29', '2024-02-29T00:00:00'];
	const expected = cells.map((cell) => days(cell.slice(0, 10)));
	const read = await valuesOf('DATE', cells);
	expect(read.map((date) => (date instanceof Date ? date.getTime() / 86_400_000 : date))).toEqual(expected);
});

test.each([
	'2023-02-29',
	'1900-02-29',
	'2025-13-01',
	'2025-00-10',
	'2025-1-1',
	'0000-01-01',
	'2025-01-31T10:00:00',
	'01/31/2025',
])('DATE: %s is refused', async (cell) => {
	expect((await refusal('DATE', [cell])).reason).toBe('setting');
});

test.each([
	['2019-03-19T18:49:02', '2019-03-19T18:49:02Z', 0n],
	['2019-03-19 18:49:02', '2019-03-19T18:49:02Z', 0n],
	['2019-03-19T18:49:02Z', '2019-03-19T18:49:02Z', 0n],
	['2019-03-19', '2019-03-19T00:00:00Z', 0n],
	['2019-03-19T18:49:02.5', '2019-03-19T18:49:02.5Z', 0n],
	['2019-03-19T18:49:02.123456', '2019-03-19T18:49:02.123Z', 456n],
	['1969-12-31T23:59:59.999999', '1969-12-31T23:59:59.999Z', 999n],
	['0001-01-01T00:00:00', '0001-01-01T00:00:00Z', 0n],
	['2019-03-19T18:49:02+02:00', '2019-03-19T16:49:02Z', 0n],
	['2019-03-19 18:49:02.5-0530', '2019-03-20T00:19:02.5Z', 0n],
	['2019-03-19 23:49:02-08', '2019-03-20T07:49:02Z', 0n],
	['9999-12-31T23:59:59.999999', '9999-12-31T23:59:59.999Z', 999n],
])('DATETIME: %s', async (cell, time, more) => {
	expect(await valuesOf('DATETIME', [cell])).toEqual([micros(time) + more]);
});

test.each([
	'2019-03-19T24:00:00',
	'2019-03-19T18:60:00',
	'2019-03-19T18:49',
	'2019-03-19T18:49:02.',
	'2019-03-19T18:49:02.1234567',
	'1553021342',
	'2019-03-19T18:49:02+24:00',
	'2019-03-19T18:49:02+01:60',
	'2019-02-30T18:49:02Z',
])('DATETIME: %s is refused', async (cell) => {
	expect((await refusal('DATETIME', [cell])).reason).toBe('setting');
});

test('any moment comes back', async () => {
	const aDate = fc.date({
		min: new Date('0001-01-01T00:00:00Z'),
		max: new Date('9999-12-31T23:59:59Z'),
		noInvalidDate: true,
	});
	await fc.assert(
		fc.asyncProperty(fc.array(aDate, { minLength: 1, maxLength: 50 }), async (dates) => {
			const cells = dates.map((date) => date.toISOString());
			expect(await valuesOf('DATETIME', cells)).toEqual(cells.map(micros));
		}),
		{ numRuns: 200 },
	);
});

test('a cell that cannot be read is named by its row and its column', async () => {
	const batches: Row[][] = [
		[
			['a', '1'],
			['b', '2'],
		],
		[
			['c', '3'],
			['d', 'four'],
		],
	];
	const written = parquetOf(columnsOf({ name: 'STRING', count: 'LONG' }), batches);
	await expect(written).rejects.toThrow('Format: row 2, column "count" holds "four"');
});

test('the hint for such a cell names two ways out', async () => {
	expect((await refusal('DATE', ['soon'])).hint).toBe(
		"Parquet stores the column as DATE, its type in Domo. Add it to 'Text Column Names or IDs' to store it as text, exactly as Domo writes it, or exclude it.",
	);
});

test('two columns of one name are refused', async () => {
	const twins = [...columnsOf({ a: 'STRING' }), ...columnsOf({ a: 'LONG' })];
	await expect(parquetOf(twins, [])).rejects.toThrow('two columns named "a"');
});

test('names that differ by case, or hold dots, are columns of their own', async () => {
	const columns = columnsOf({ a: 'STRING', A: 'STRING', 'a.b': 'STRING', 'ö %"': 'STRING' });
	const { rows } = await readBack(await parquetOf(columns, [[['1', '2', '3', '4']]]));
	expect(rows).toEqual([{ a: '1', A: '2', 'a.b': '3', 'ö %"': '4' }]);
});

test('Zstandard on a Node.js that lacks it is a setting that cannot work', async () => {
	await expect(openCodec('zstd', {})).rejects.toMatchObject({
		reason: 'setting',
		hint: expect.stringContaining('Choose Snappy'),
	});
});

test.each(CODECS)('1,500 columns, %s', async (codec) => {
	const names = Array.from({ length: 1500 }, (_, index) => `c${index}`);
	const rows = Array.from({ length: 30 }, (_, row) => names.map((name) => (row % 7 === 3 ? null : `${name}:${row}`)));
	const read = await readBack(
		await parquetOf(columnsOf(Object.fromEntries(names.map((name) => [name, 'STRING']))), [rows], codec),
	);
	expect(read.rows.map((row) => names.map((name) => row[name]))).toEqual(rows);
});

const aCell = fc.option(fc.oneof(fc.constantFrom('', 'a', 'b', 'é漢😀'), fc.string({ unit: 'grapheme' })), {
	nil: null,
});

test('any cells come back, however they are batched and compressed', async () => {
	const batches = fc.array(fc.array(fc.tuple(aCell, aCell, aCell), { maxLength: 40 }), { maxLength: 4 });
	await fc.assert(
		fc.asyncProperty(batches, fc.constantFrom(...CODECS), async (cells, codec) => {
			const { rows } = await readBack(
				await parquetOf(columnsOf({ a: 'STRING', b: 'STRING', c: 'STRING' }), cells, codec),
			);
			expect(rows.map(({ a, b, c }) => [a, b, c])).toEqual(cells.flat());
		}),
		{ numRuns: 300 },
	);
});
