import fc from 'fast-check';
import { typedValue } from '../../../core/format/typedValue';

test.each([
	['LONG', '0', 0],
	['LONG', '-12', -12],
	['LONG', '9007199254740991', 9007199254740991],
	['LONG', '9007199254740992', '9007199254740992'],
	['LONG', '-9223372036854775808', '-9223372036854775808'],
	['LONG', '007', '007'],
	['LONG', '-0', '-0'],
	['LONG', '1.0', '1.0'],
	['LONG', 'many', 'many'],
	['DECIMAL', '0.10', '0.10'],
	['DOUBLE', '0.10', 0.1],
	['DOUBLE', '-1E-7', -1e-7],
	['DOUBLE', '1e999', '1e999'],
	['DOUBLE', 'NaN', 'NaN'],
	['DOUBLE', '', ''],
	['DATE', '2026-01-31', '2026-01-31'],
	['DATETIME', '2026-01-31 18:49:02', '2026-01-31 18:49:02'],
	['STRING', '12', '12'],
] as const)('%s %s is %j', (type, cell, value) => {
	expect(typedValue(cell, type)).toBe(value);
});

test('null is null in any column', () => {
	expect(typedValue(null, 'LONG')).toBeNull();
});

test('any LONG is written again as it was', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (long) => {
			expect(String(typedValue(String(long), 'LONG'))).toBe(String(long));
		}),
	);
});

test('any DOUBLE is the same double', () => {
	fc.assert(
		fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
			expect(typedValue(String(double), 'DOUBLE')).toBe(Number(String(double)));
		}),
	);
});
