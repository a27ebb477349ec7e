import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { RecordCounter } from '../../../../core/format/csv/recordCounter';
import { rowCounter, type RowCounts } from '../../../../core/format/csv/rowCounter';
import { aCsv, cut, parseCsv } from '../../csv';
import { RUNS } from '../../runs';

function recordsOf(chunks: readonly Buffer[]): number {
	const count = new RecordCounter();
	for (const chunk of chunks) count.add(chunk);
	return count.records;
}

async function tallyOf(chunks: readonly Buffer[]): Promise<{ tally: RowCounts; passedOn: Buffer }> {
	const meter = rowCounter();
	const passedOn: Buffer[] = [];
	for await (const chunk of meter.measure(Readable.from(chunks))) passedOn.push(chunk);
	return { tally: meter.counts(), passedOn: Buffer.concat(passedOn) };
}

test.each([
	['nothing', '', 0],
	['a header', 'a,b\n', 1],
	['a header without a line end', 'a,b', 1],
	['two records', 'a\n1\n', 2],
	['two records without a final line end', 'a\n1', 2],
	['CRLF line ends', 'a\r\n1\r\n', 2],
	['a null in a single column', 'a\n\n', 2],
	['nulls only', '\n\n\n', 3],
	['a quoted empty string at the end', 'a\n""', 2],
	['a line feed in quotes', 'a\n"1\n2"\n', 2],
	['CRLF in quotes', 'a\n"1\r\n2"\r\n', 2],
	['a quoted line feed at the very end', 'a\n"1\n"', 2],
	['doubled quotes', 'a\n"""\n"""\n', 2],
	['quotes that touch a comma', '"a"",""b","\n"\n', 1],
	['a byte order mark before a quoted header', '\ufeff"a\nb"\n1\n', 2],
	['characters of several bytes', 'ä\n"漢\n😀"\n', 2],
	['a record cut off inside quotes', 'a\n"1\n', 2],
])('%s: the records are counted as a reader would', (_, text, records) => {
	expect(recordsOf([Buffer.from(text)])).toBe(records);
});

test('the reference parser reads back the cells that were written', () => {
	fc.assert(
		fc.property(aCsv, ({ text, cells }) => {
			expect(parseCsv(text)).toEqual(cells);
		}),
		{ numRuns: 1000 },
	);
});

test('however the bytes are cut, as many records are counted as a reference parser reads', () => {
	fc.assert(
		fc.property(aCsv, fc.array(fc.nat(), { maxLength: 12 }), ({ text }, places) => {
			return recordsOf(cut(Buffer.from(text), places)) === parseCsv(text).length;
		}),
		RUNS,
	);
});

test('cut after every single byte, as many records are counted as a reference parser reads', () => {
	fc.assert(
		fc.property(aCsv, ({ text }) => {
			const bytes = Buffer.from(text);
			return recordsOf(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))) === parseCsv(text).length;
		}),
		RUNS,
	);
});

test('in bodies longer than any buffer on the way, as many records are counted as a reference parser reads', () => {
	const lines = aCsv.filter(({ text }) => text.endsWith('\n'));
	const shape = fc.record({ shift: fc.nat({ max: 130 }), bytes: fc.constantFrom(300, 5_000, 70_000, 140_000) });
	fc.assert(
		fc.property(lines, shape, fc.array(fc.nat(), { maxLength: 4 }), ({ text }, { shift, bytes }, places) => {
			const times = Math.ceil(bytes / text.length);
			const body = Buffer.from(`${'x'.repeat(shift)}\n${text.repeat(times)}`);
			return recordsOf(cut(body, places)) === 1 + times * parseCsv(text).length;
		}),
		RUNS,
	);
});

test('however the bytes are cut, the tally holds their number and the rows without the header', async () => {
	await fc.assert(
		fc.asyncProperty(aCsv, fc.array(fc.nat(), { maxLength: 6 }), async ({ text }, places) => {
			const bytes = Buffer.from(text);
			const { tally, passedOn } = await tallyOf(cut(bytes, places));
			expect(tally).toEqual({
				bytes: bytes.length,
				rows: Math.max(0, parseCsv(text).length - 1),
			});
			expect(passedOn.equals(bytes)).toBe(true);
		}),
		RUNS,
	);
});

test('a count on the way is that of the bytes so far', async () => {
	const meter = rowCounter();
	const measured = meter.measure(Readable.from([Buffer.from('a\n'), Buffer.from('1\n2')]));
	await measured.next();
	expect(meter.counts()).toEqual({ bytes: 2, rows: 0 });
	await measured.next();
	expect(meter.counts()).toEqual({ bytes: 5, rows: 2 });
});

test('a source that breaks breaks the measured stream with the same fault', async () => {
	const broken = new Error('the source broke');
	async function* source() {
		yield Buffer.from('a\n');
		throw broken;
	}
	await expect(Readable.from(rowCounter().measure(Readable.from(source()))).toArray()).rejects.toBe(broken);
});

test.each([
	['none', 'a,b\n1,2\n', 0],
	['CRLF', 'a,b\r\n1,"x\r\ny"\r\n', 0],
	['one in quotes', 'a\n"x\ry"\n', 0],
	['one in a cell', 'a\nx\ry\n', 1],
	['one at the end of a cell', 'a,b\nx\r,y\n', 1],
	['one at the very end', 'a\nx\r', 1],
	['some behind one another', 'a\r\r\n\r"x"\r', 3],
	['one behind quotes', 'a\n"x ""\r"" y"\r,\n', 1],
])('carriage returns that readers may take for the end of a row: %s', async (_, text, count) => {
	for (const pieces of [[text], [...text], text.split(/(?<=\r)/)]) {
		const meter = rowCounter();
		for await (const chunk of meter.measure(Readable.from(pieces.map((piece) => Buffer.from(piece))))) void chunk;
		expect(meter.bareReturns()).toBe(count);
	}
});
