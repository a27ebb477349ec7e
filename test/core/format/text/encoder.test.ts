import * as fc from 'fast-check';
import { isUnicode, openEncoder, readEncoding } from '../../../../core/format/text/encoder';
import type { DelimitedOptions } from '../../../../core/format/formatOptions';
import { openDelimited } from '../../../../core/format/text/delimitedWriter';
import { RUNS } from '../../runs';
import { columnsOf, faultOf, PLAIN, written } from '../rows';

const encoderOf = (encoding: string, onUnmappable: 'replace' | 'refuse' = 'refuse', includeBom = false) =>
	openEncoder({ encoding, onUnmappable, includeBom });

function bytesOf(options: Partial<DelimitedOptions>, ...cells: readonly string[]): Buffer {
	return written(openDelimited({ ...PLAIN, ...options }), columnsOf('name', 'city'), [['a', 'b'], cells]);
}

test.each([
	['UTF-8', 'Ä漢😀', 'c384e6bca2f09f9880'],
	['UTF-16LE', 'Ä漢😀', 'c400226f3dd800de'],
	['UTF-16BE', 'Ä漢😀', '00c46f22d83dde00'],
	['Windows-1252', 'Ä€', 'c480'],
	['windows-1250', 'ł', 'b3'],
	['Windows-1251', 'Ж', 'c6'],
	['ISO-8859-1', 'Ä', 'c4'],
	['ISO-8859-15', '€', 'a4'],
	['Shift_JIS', '漢', '8abf'],
	['GBK', '漢', '9d68'],
	['Big5', '漢', 'ba7e'],
	['EUC-JP', '漢', 'b4c1'],
	['EUC-KR', '한', 'c7d1'],
	['IBM850', 'Ä', '8e'],
	['Shift_JIS', '−〜‖¢£¬', '817c816081618191819281ca'],
	['Shift_JIS', '\ue000\ue03f\ue757', 'f040f080f9fc'],
	['EUC-JP', '−〜‖¢£¬', 'a1dda1c1a1c2a1f1a1f2a2cc'],
	['Big5', '十卅', 'a451a4ca'],
	['macintosh', 'Ω€', 'bddb'],
	['US-ASCII', 'A', '41'],
])('%s has its own bytes for %s', (name, text, hex) => {
	expect(encoderOf(readEncoding(name)).encode(text)?.toString('hex')).toBe(hex);
});

test.each(['UTF-7', 'base64', 'hex', 'Latin', '', 'utf-16', 'ISO-8859-12', 'IBM864', 'windows-1259'])(
	'%j is no encoding that is offered',
	async (name) => {
		expect(await faultOf(() => readEncoding(name))).toMatchObject({
			reason: 'setting',
			message: `File Encoding: "${name}" isn't a supported encoding`,
		});
	},
);

test.each([
	['UTF-8', 'efbbbf'],
	['UTF-16LE', 'fffe'],
	['UTF-16BE', 'feff'],
	['Windows-1252', ''],
])('the byte order mark of %s is %s', (name, hex) => {
	expect(encoderOf(readEncoding(name), 'refuse', true).bom.toString('hex')).toBe(hex);
});

test('Unicode is told from the rest', () => {
	const names = ['UTF-8', 'UTF-16BE', 'GB18030', 'Windows-1252'].map(readEncoding);
	expect(names.map(isUnicode)).toEqual([true, true, false, false]);
});

test('a byte order mark stands once, at the very start', () => {
	const text = bytesOf({ includeBom: true }, 'x', 'y').toString();
	expect(text).toBe('\ufeffname,city\na,b\nx,y\n');
});

test.each([
	['windows1252', 'Łódź 😀!', '?ód? ?!'],
	['shiftjis', '漢😀', '\x8a\xbf?'],
	['shiftjis', '¥−é', '?\x81\x7c?'],
	['usascii', 'é\ud800x', '??x'],
	['windows1251', '\ufffdя', '?\xff'],
	['windows1252', 'e\u0301', 'e?'],
])('in %s a question mark replaces each character that it lacks', (encoding, text, latin1) => {
	const bytes = bytesOf({ encoding, onUnmappable: 'replace', header: false }, text, 'y');
	expect(bytes.toString('latin1')).toBe(`a,b\n${latin1},y\n`);
});

test.each([
	['windows1252', 'Łódź', 'Ł', 'Windows-1252'],
	['iso88591', '5 €', '€', 'ISO-8859-1'],
	['shiftjis', '\u00a5 100', '\u00a5', 'Shift_JIS'],
	['gbk', '😀', '😀', 'GBK'],
	['windows1252', '\ufffd', '\ufffd', 'Windows-1252'],
	['eucjp', '〜‾', '‾', 'EUC-JP'],
	['macroman', '¤', '¤', 'macroman'],
])('in %s a cell with %s is refused and named', async (encoding, text, character, label) => {
	expect(await faultOf(() => bytesOf({ encoding }, 'x', text))).toMatchObject({
		reason: 'setting',
		message: `File Encoding: row 2, column "city" holds "${character}", which ${label} can't represent`,
		hint: expect.stringContaining('On Unmappable Character'),
	});
});

test('a column name that the encoding lacks is refused and named', async () => {
	const open = openDelimited({ ...PLAIN, encoding: 'windows1252' });
	expect(await faultOf(() => written(open, columnsOf('a', '尺寸'), []))).toMatchObject({
		message: 'File Encoding: the column name "尺寸" holds "尺", which Windows-1252 can\'t represent',
	});
});

test('text that is not refused reads back the same', () => {
	// What WHATWG, whose decoders Node.js has, calls them.
	const names = ['UTF-8', 'Windows-1252', 'ISO-8859-15', 'Shift_JIS', 'GBK', 'GB18030', 'Big5', 'EUC-JP', 'EUC-KR'];
	const characters = fc.constantFrom('a', '?', '\\', '¥', 'é', 'Ł', '漢', '한', 'か', '～', '😀', '\n');
	fc.assert(
		fc.property(fc.constantFrom(...names), fc.array(characters, { maxLength: 8 }), (name, pieces) => {
			const text = pieces.join('');
			const bytes = encoderOf(readEncoding(name)).encode(text);
			if (bytes !== undefined) expect(new TextDecoder(name).decode(bytes)).toBe(text);
		}),
		RUNS,
	);
});
