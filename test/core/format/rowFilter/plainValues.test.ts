import * as fc from 'fast-check';
import { compareDigits, digitsOf, type Digits } from '../../../../core/format/cells/digits';
import {
	boundOf,
	compareBound,
	plainDay,
	plainNumber,
	plainSeconds,
	plainWhole,
} from '../../../../core/format/rowFilter/plainValues';
import { RUNS } from '../../runs';

type Plain = (bytes: Buffer, from: number, to: number) => number;

/** The bytes stand among others, as in an export. */
const read = (plain: Plain, text: string) => plain(Buffer.from(`1,${text}\n2`), 2, 2 + text.length);

function digits(text: string): Digits {
	const number = digitsOf(text);
	if (number === undefined) throw new Error(`${text} is no number`);
	return number;
}

const sign = fc.constantFrom('', '-', '+');
const many = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));

/** `123.45`, with the point anywhere. */
const plain = fc
	.tuple(sign, many(1, 15), fc.nat({ max: 15 }))
	.map(([before, text, point]) =>
		point >= text.length ? before + text : `${before}${text.slice(0, point)}.${text.slice(point)}`,
	);

test('plain numbers compare with any number as their digits do, however near it is', async () => {
	const tail = fc.oneof(fc.constant(''), many(1, 4), fc.constantFrom('0000000001', '9999999999'));
	const other = fc.oneof(
		plain,
		fc.tuple(sign, many(1, 20), fc.constantFrom('', 'e-9', 'E300', 'e-400')).map((all) => all.join('')),
	);
	await fc.assert(
		fc.property(plain, fc.option(other), tail, (cell, far, end) => {
			// The number itself, with more behind it.
			const near = cell.includes('.') ? cell + end : `${cell}.${end}`;
			const value = far ?? near;
			const order = compareBound(read(plainNumber, cell), boundOf(digits(value)));
			expect(Math.sign(order)).toBe(Math.sign(compareDigits(digits(cell), digits(value))) + 0);
		}),
		RUNS,
	);
});

test('a plain number is the number of 64 bits that JavaScript reads', async () => {
	await fc.assert(
		fc.property(plain, (cell) => expect(read(plainNumber, cell)).toBe(Number(cell))),
		RUNS,
	);
});

test.each([
	'',
	'.',
	'-',
	'+.',
	'1.2.3',
	'1e5',
	' 1',
	'1 ',
	'0x1',
	'1,5',
	'1234567890123456',
	'-1234567890.123456',
	'--1',
])('%j is left to the reader of all numbers', (text) => expect(read(plainNumber, text)).toBeNaN());

test.each(['1.0', '1.', '.1'])('%j is no plain whole number', (text) => expect(read(plainWhole, text)).toBeNaN());

test.each([
	'2026-02-29',
	'2026-13-01',
	'2026-00-01',
	'2026-1-001',
	'0000-01-01',
	'2026/01/01',
	'2026-01-0a',
	'26-01-01',
])('%j is no plain day', (text) => expect(read(plainDay, text)).toBeNaN());

test.each([
	'2026-01-01T24:00:00',
	'2026-01-01T00:60:00',
	'2026-01-01_00:00:00',
	'2026-01-01T00:00',
	'2026-01-01T00-00-00',
])('%j is no plain time', (text) => expect(read(plainSeconds, text)).toBeNaN());

test.each(['2024-02-29T23:59:59', '0001-01-01 00:00:00', '9999-12-31T12:00:00', '1969-12-31T23:59:59'])(
	'the time %s counts from 1970',
	(text) => expect(read(plainSeconds, text)).toBe(Date.parse(`${text.replace(' ', 'T')}Z`) / 1000),
);
