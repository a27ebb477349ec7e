import { RowSelector } from '../../../../core/format/rowFilter/rowSelector';
import type { RowFilter } from '../../../../core/format/formatOptions';

const FILTER: RowFilter = {
	conditions: [{ column: 'keep', operator: 'is', values: ['yes'] }],
	match: 'all',
	ignoreCase: false,
	timeZone: 'UTC',
};
const SCHEMA = [
	{ name: 'text', type: 'STRING' },
	{ name: 'more', type: 'STRING' },
	{ name: 'keep', type: 'STRING' },
] as const;

/** Cells around what is looked at in one go, 64 KiB, with and without what has a meaning in CSV. */
const TEXTS = [0, 1, 63, 64, 65, 1000, 65_535, 65_536, 65_537, 140_000].flatMap((length) => [
	'x'.repeat(length),
	`"${'x,\n'.repeat(length / 3)}"`,
	`"${'""'.repeat(length / 2)}"`,
]);
const ROWS = TEXTS.flatMap((text, index) => [
	`${text},${index},${index % 2 === 0 ? 'yes' : 'no'}\n`,
	`${index},${text},${index % 3 === 0 ? '"yes"' : 'no'}\n`,
]);
const HEADER = 'text,more,keep\n';

async function* cut(csv: string, size: number): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(csv);
	for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

test.each([1000, 65_536, 100_003, 10_000_000])(
	'rows of any length are found in pieces of %d bytes, with and without quotes',
	async (size) => {
		const selector = new RowSelector(FILTER, SCHEMA, new Date(0));
		const kept: Buffer[] = [];
		for await (const piece of selector.select(cut(HEADER + ROWS.join(''), size))) kept.push(Buffer.from(piece));
		const wanted = ROWS.filter((row) => /,"?yes"?\n$/.test(row));
		expect(Buffer.concat(kept).equals(Buffer.from(HEADER + wanted.join('')))).toBe(true);
		expect(selector.counts).toMatchObject({ read: ROWS.length, kept: wanted.length });
	},
);
