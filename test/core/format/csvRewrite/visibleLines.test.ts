import * as fc from 'fast-check';
import type { Column } from '../../../../core/domo/schema';
import { openFormatter } from '../../../../core/format/formatter';
import { visibleLines } from '../../../../core/format/csvRewrite/visibleLines';
import { rowCounter } from '../../../../core/format/csv/rowCounter';
import { cut } from '../../csv';
import { RUNS } from '../../runs';
import { aCsvForm, columnsOf, csvOf, fleeting, readText } from '../rows';

async function seen(text: string, at: readonly number[] = []): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of visibleLines(fleeting(cut(Buffer.from(text), at)))) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces).toString();
}

test.each([
	['nulls', 'a\n1\n\n2\n\n', 'a\n1\n""\n2\n""\n'],
	['nulls with CRLF', 'a\r\n1\r\n\r\n2\r\n', 'a\r\n1\r\n""\r\n2\r\n'],
	['a null behind a quoted cell', 'a\n"x\n\ny"\n\n', 'a\n"x\n\ny"\n""\n'],
	['a column without a name', '\n1\n', '""\n1\n'],
	['spaces', 'a\n  \n\t\n x\n', 'a\n"  "\n"\t"\n x\n'],
	['spaces at the end', 'a\n ', 'a\n" "'],
	["PostgreSQL's end of data", 'a\n\\.\n\\N\n\\.', 'a\n"\\."\n\\N\n"\\."'],
	['nothing', '', ''],
	['a line that is there', 'a\n""\n1\r\n\\\n', 'a\n""\n1\r\n\\\n'],
])('%s: what readers skip is quoted, all else stays', async (_, text, expected) => {
	expect(await seen(text)).toBe(expected);
	const everywhere = Array.from({ length: text.length }, (_unused, place) => place);
	expect(await seen(text, everywhere)).toBe(expected);
});

test('wherever the export is cut, no line is left that readers skip, and text and count stay', async () => {
	const aCell = fc.constantFrom(null, '', ' ', '\t ', 'x', '"', '\n', '\n\n', '\\.', '\\N', 'é', '\r\n\r\n');
	const aTable = fc.array(
		aCell.map((cell) => [cell]),
		{ minLength: 1, maxLength: 12 },
	);
	const places = fc.array(fc.nat(), { maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(aTable, aCsvForm, places, async (table, form, at) => {
			const text = csvOf(table, form);
			const written = await seen(text, at);
			const before = await readText(text);
			const after = await readText(written);
			expect(after.map(([cell]) => cell ?? '')).toEqual(before.map(([cell]) => cell ?? ''));
			expect(rowsOf(written)).toBe(rowsOf(text));
			expect(
				written
					.replace(/"[^"]*"/g, '"')
					.split(/\r?\n/)
					.slice(0, -1),
			).not.toContainEqual(expect.stringMatching(/^([ \t]*|\\\.)$/));
		}),
		RUNS,
	);
});

test('an export of one column is written so; one of two is left alone', async () => {
	const write = async (columns: readonly Column[]) => {
		const formatter = await openFormatter({ format: 'csv', compression: 'none' }, columns);
		let text = '';
		for await (const { body } of formatter.parts(fleeting([Buffer.from('a\n\n1\n')]), {
			entry: String,
			asOf: new Date(0),
		}))
			for await (const piece of body) text += piece.toString();
		return text;
	};
	expect(await write(columnsOf('a'))).toBe('a\n""\n1\n');
	expect(await write(columnsOf('a', 'b'))).toBe('a\n\n1\n');
});

function rowsOf(text: string): number {
	const meter = rowCounter();
	const all = meter.measure(fleeting([Buffer.from(text)]));
	void all.next();
	return meter.counts().rows;
}
