import * as fc from 'fast-check';
import { WritebackError } from '../../../core/support/errors';
import { safeName } from '../../../core/names/fileName';
import { nameBy, named, valuesOf } from './names';
import { RUNS } from '../runs';

const NASTY = [
	...['.', '..', '...', '/', '\\', ' ', '\t', '\r\n', '\u0000', '\u001b[31m', '\u007f', '\u0085'],
	...['\u200e', '\u200f', '\u202e', '\u2066', '\u2028', '\u2029', '\ufeff', '\u00ad', '\u200d', '\u00a0'],
	...['\ud83d', '\ude00', '😀', '\u{10fffd}', 'e\u0301', 'ﷺ', '漢', '\uffff'],
	...['con', 'NUL', 'com1', 'LPT9', 'aux', 'prn', 'COM¹', 'CONIN$', '.csv', '.txt', 'a', '7', '-', '~', '$(id)'],
	...['<script>', '&amp;', '"', "'", ':', '*', '?', '|', '%2e%2e%2f', 'x'.repeat(90), '😀'.repeat(30)],
];

/** Text as an attacker, a copied cell or a foreign alphabet would give it. */
const hostile = fc.oneof(
	fc.array(fc.constantFrom(...NASTY), { maxLength: 10 }).map((pieces) => pieces.join('')),
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
);

const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;
/** Control and direction characters, and halves of a surrogate pair. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

test('whatever a DataSet is called, its file name is safe on every server', () => {
	fc.assert(
		fc.property(hostile, (name) => {
			const file = nameBy({ kind: 'dataSetName' }, valuesOf(name));
			expect(file).toMatch(/^[^.].*\.csv$/s);
			expect(file).not.toMatch(/[/\\<>:"|?*]|\.\.| \.csv$/);
			expect(file).not.toMatch(INVISIBLE);
			expect(file).not.toMatch(WINDOWS_DEVICE);
			expect(file).toBe(file.trim());
			expect(Buffer.byteLength(file)).toBeLessThanOrEqual(200);
		}),
		RUNS,
	);
});

test('making a name safe twice changes nothing more', () => {
	fc.assert(
		fc.property(hostile, (name) => safeName(safeName(name)) === safeName(name)),
		RUNS,
	);
});

test('plain words stay as they are', () => {
	const words = fc.array(fc.stringMatching(/^[A-Za-zäöü0-9][A-Za-zäöü0-9_-]{1,8}$/), { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(
			words.map((some) => some.join(' ')).filter((name) => !WINDOWS_DEVICE.test(name)),
			(name) => safeName(name) === name,
		),
		RUNS,
	);
});

test('whatever a user types is refused as a setting, or is one name with an extension inside its folder', () => {
	fc.assert(
		fc.property(hostile, (typed) => {
			const name = accepted(typed);
			if (name === undefined) return;
			expect(name).toMatch(/[^.].*\.[^.\s]+$/s);
			expect(name).not.toMatch(/[/\\]/);
			expect(name).not.toMatch(INVISIBLE);
			expect(name).toBe(name.trim());
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
			expect(named(name)).toBe(name);
		}),
		RUNS,
	);
});

function accepted(typed: string): string | undefined {
	try {
		return named(typed);
	} catch (fault) {
		expect(fault).toBeInstanceOf(WritebackError);
		expect(fault).toMatchObject({ reason: 'setting', message: expect.stringMatching(/^Filename: /) });
		return undefined;
	}
}
