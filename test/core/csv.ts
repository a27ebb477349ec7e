import * as fc from 'fast-check';

/** The records of RFC 4180 text, one character at a time: a reference that shares no idea with the counter under test. */
export function parseCsv(text: string): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	let field = '';
	let at = 0;
	const endField = () => {
		record.push(field);
		field = '';
	};
	const endRecord = () => {
		endField();
		records.push(record);
		record = [];
	};
	while (at < text.length) {
		if (text[at] === '"') {
			const closing = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
			if (closing === null) throw new Error('A quote is never closed');
			field = (closing[1] ?? '').replaceAll('""', '"');
			at += closing[0].length;
		} else if (text[at] === ',') {
			endField();
			at += 1;
		} else if (text.startsWith('\r\n', at) || text[at] === '\n') {
			endRecord();
			at += text[at] === '\n' ? 1 : 2;
		} else {
			field += text[at];
			at += 1;
		}
	}
	if (at > 0 && text[at - 1] !== '\n') endRecord();
	else if (field !== '' || record.length > 0) endRecord();
	return records;
}

export interface Written {
	readonly text: string;
	readonly cells: readonly (readonly string[])[];
}

const PIECES = ['"', '""', ',', '\n', '\r\n', ' ', 'x', '0', 'é', '漢', '😀', '\u{10fffd}', '\\N', "'", '\t', '='];

const aCell = fc.oneof(
	{ weight: 1, arbitrary: fc.constant(null) },
	{ weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')) },
);

function written(cell: string | null, quoteAll: boolean): string {
	if (cell === null) return '';
	return quoteAll || cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** CSV as Domo might write it: header first, or nothing at all; null as an empty cell, which alone makes an empty line. */
export const aCsv: fc.Arbitrary<Written> = fc
	.integer({ min: 1, max: 4 })
	.chain((columns) =>
		fc.record({
			rows: fc.array(fc.array(aCell, { minLength: columns, maxLength: columns }), { maxLength: 16 }),
			lineEnd: fc.constantFrom('\n', '\r\n'),
			quoteAll: fc.boolean(),
			finalLineEnd: fc.boolean(),
		}),
	)
	.map(({ rows, lineEnd, quoteAll, finalLineEnd }) => {
		const lines = rows.map((row) => row.map((cell) => written(cell, quoteAll)).join(','));
		// Without a line end after it, an empty last line would be no record at all.
		const ended = finalLineEnd || lines.at(-1) === '';
		const text = lines.join(lineEnd) + (ended && lines.length > 0 ? lineEnd : '');
		return { text, cells: rows.map((row) => row.map((cell) => cell ?? '')) };
	});

/** Data cut at any places, in the middle of characters and between doubled quotes, too; some pieces are empty. */
export function cut(data: Buffer, places: readonly number[]): Buffer[] {
	const cuts = places.map((place) => place % (data.length + 1)).sort((one, other) => one - other);
	return [...cuts, data.length].map((end, index) => data.subarray(cuts[index - 1] ?? 0, end));
}
