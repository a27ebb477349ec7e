import * as fc from 'fast-check';
import type { DelimitedOptions } from '../../../../core/format/formatOptions';
import { CsvRewriter } from '../../../../core/format/csvRewrite/csvRewriter';
import { Utf8Validator } from '../../../../core/format/csvRewrite/utf8Validator';
import { cut } from '../../csv';
import { RUNS } from '../../runs';
import { columnsOf, faultOf, fleeting } from '../rows';

const SEMICOLONS: DelimitedOptions = {
	kind: 'delimited',
	encoding: 'utf8',
	onUnmappable: 'refuse',
	includeBom: false,
	header: true,
	delimiter: ';',
	quote: '"',
	quoteMode: 'needed',
	escape: '"',
	lineFeed: '\n',
	nullValue: '',
};

const places = fc.array(fc.nat(), { maxLength: 8 });

function isAccepted(pieces: readonly Buffer[]): boolean {
	const check = new Utf8Validator();
	return pieces.every((piece) => check.accepts(Buffer.from(piece))) && check.isWhole;
}

function decodes(bytes: Buffer): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

test('text is accepted wherever it is cut', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), places, (text, at) => isAccepted(cut(Buffer.from(text), at))),
		RUNS,
	);
});

test('bytes are accepted just when they can be decoded', () => {
	const byte = fc.oneof(
		fc.constantFrom(0x61, 0x80, 0xbf, 0xc3, 0xe2, 0xed, 0xf0, 0xff),
		fc.integer({ min: 0, max: 255 }),
	);
	fc.assert(
		fc.property(fc.array(byte, { maxLength: 6 }), places, (some, at) => {
			const bytes = Buffer.from(some);
			expect(isAccepted(cut(bytes, at))).toBe(decodes(bytes));
		}),
		RUNS,
	);
});

test.each([
	['a stray byte', [0x61, 0x0a, 0x80, 0x0a]],
	['a character that is cut off at the end', [0x61, 0x0a, 0xc3]],
	['half a surrogate', [0x61, 0x0a, 0xed, 0xa0, 0x80, 0x0a]],
])('an export with %s gets no other marks', async (_, bytes) => {
	const redelimiter = new CsvRewriter(SEMICOLONS, columnsOf('a:STRING'));
	const readAll = async () => {
		for await (const chunk of redelimiter.rewrite(fleeting([Buffer.from(bytes)])))
			expect(chunk.length).toBeGreaterThan(0);
	};
	expect(await faultOf(readAll)).toMatchObject({ reason: 'domoNotData' });
});
