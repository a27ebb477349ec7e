import { decoded, readDelimited, readJsonLines, replaced } from './readers/text';

const COMMA = { delimiter: ',', quote: '"', escape: '', lineFeed: '\n' };

test('a row whose line feed is another is noticed', async () => {
	await expect(readDelimited(Buffer.from('a,b~\nc,d\ne,f~\n'), { ...COMMA, lineFeed: '~\n' })).rejects.toThrow(
		/Row 2 does not end/,
	);
});

test('a last row that does not end is noticed', async () => {
	await expect(readDelimited(Buffer.from('a,b\nc,d'), COMMA)).rejects.toThrow(/last row does not end/);
});

test('an escaped line break is part of its cell', async () => {
	const dialect = { ...COMMA, quote: '', escape: '\\' };
	expect(await readDelimited(Buffer.from('a\\\r\\\nb,c\n'), dialect)).toEqual([['a\r\nb', 'c']]);
});

test('a number of JSON keeps its digits', async () => {
	expect(await readJsonLines(Buffer.from('{"a":9007199254740993,"b":1.10}\n'), '\n')).toEqual([
		[
			['a', { number: '9007199254740993' }],
			['b', { number: '1.10' }],
		],
	]);
});

test('what is no JSON is noticed', async () => {
	await expect(readJsonLines(Buffer.from('{"a":NaN}\n'), '\n')).rejects.toThrow(/no JSON/);
});

test('bytes that an encoding does not have are noticed', async () => {
	await expect(decoded(Buffer.from([0x81]), 'Windows-1252')).rejects.toThrow(/iconv/);
});

test('a character that an encoding lacks is one question mark', async () => {
	expect(await replaced(['😀ł', null], 'ISO-8859-1')).toEqual(['??', null]);
});
