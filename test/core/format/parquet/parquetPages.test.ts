import * as fc from 'fast-check';
import type { Row } from '../../../../core/format/csv/row';
import { columnsOf, parquetOf, type ReadBack, readBack } from '../parquetFile';

const COLUMNS = columnsOf({ number: 'LONG', city: 'STRING', mixed: 'STRING', rare: 'DECIMAL', later: 'STRING' });

/** Enough for many pages: one column never repeats, one always, one stops repeating half-way, one is null at first, one has more values later. */
function row(index: number): Row {
	const mixed = index < 25_000 ? `m${index % 100}` : `unique ${index}`;
	const later = `l${index % (index < 25_000 ? 100 : 5_000)}`;
	return [String(index), `city ${index % 5}`, mixed, index < 20_000 ? null : `${index % 3}.25`, later];
}

const ROWS = Array.from({ length: 60_000 }, (_, index) => row(index));
const BATCH = 7_001;
const batches = Array.from({ length: Math.ceil(ROWS.length / BATCH) }, (_, index) =>
	ROWS.slice(index * BATCH, (index + 1) * BATCH),
);

const file = parquetOf(COLUMNS, batches).then(readBack);
// The tests below see why.
file.catch(() => undefined);

function chunkOf(read: ReadBack, name: string) {
	const chunk = read.metadata.row_groups[0]?.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name);
	if (chunk?.meta_data === undefined) throw new Error(`There is no ${name}`);
	return chunk.meta_data;
}

test('a file of many pages comes back row for row', async () => {
	const { rows } = await file;
	const units = (cell: string | null | undefined) => (cell == null ? null : BigInt(Number(cell) * 100) * 10n ** 16n);
	const expected = ROWS.map(([number, city, mixed, rare, later]) => ({
		number: BigInt(number ?? 0),
		city,
		mixed,
		rare: units(rare),
		later,
	}));
	expect(rows).toEqual(expected);
});

test.each([
	['number', ['PLAIN', 'RLE']],
	['city', ['PLAIN', 'RLE', 'RLE_DICTIONARY']],
	['mixed', ['PLAIN', 'RLE', 'RLE_DICTIONARY']],
	['rare', ['PLAIN', 'RLE', 'RLE_DICTIONARY']],
])('%s: a dictionary is there when values repeat', async (name, encodings) => {
	expect(chunkOf(await file, name).encodings).toEqual(encodings);
});

test.each([
	['number', 0n, 59_999n, 0n],
	['city', 'city 0', 'city 4', 0n],
	['mixed', 'm0', 'unique 59999', 0n],
])('%s: the footer knows its bounds', async (name, min, max, nulls) => {
	const { statistics } = chunkOf(await file, name);
	expect(statistics).toMatchObject({ min_value: min, max_value: max, null_count: nulls });
});

test('a dictionary grows as long as that pays', async () => {
	const plain = ROWS.reduce((bytes, cells) => bytes + 4 + (cells[4]?.length ?? 0), 0);
	expect(Number(chunkOf(await file, 'later').total_uncompressed_size)).toBeLessThan(plain / 2);
});

test('the nulls of a column are counted', async () => {
	expect(chunkOf(await file, 'rare').statistics?.null_count).toBe(20_000n);
});

test('row groups are closed while the file is written, and hold no more than some 16 MiB', async () => {
	const text = (index: number) =>
		Array.from({ length: 20 }, (_, part) => Math.imul(index * 20 + part, 0x9e3779b1).toString(36)).join('');
	const rows = Array.from({ length: 150_000 }, (_, index): Row => [text(index)]);
	const { metadata } = await readBack(await parquetOf(columnsOf({ text: 'STRING' }), [rows], 'uncompressed'));
	const sizes = metadata.row_groups.map(({ total_compressed_size }) => Number(total_compressed_size) / 2 ** 20);
	expect(sizes.length).toBeGreaterThan(1);
	expect(Math.max(...sizes)).toBeLessThan(18);
});

/** Scattered, so that its nulls take a bit a row: more than the memory that pages are put together in has at first. */
const EVERY_SEVENTH = Array.from({ length: 20_000 }, (_, index) => (index % 7 === 0 ? null : String(index)));

test.each(['LONG', 'STRING'] as const)(
	'a first column of 20,000 rows with scattered nulls comes back, %s',
	async (type) => {
		const { rows } = await readBack(await parquetOf(columnsOf({ first: type }), [EVERY_SEVENTH.map((cell) => [cell])]));
		const expected = EVERY_SEVENTH.map((cell) => (cell === null || type === 'STRING' ? cell : BigInt(cell)));
		expect(rows.map(({ first }) => first)).toEqual(expected);
	},
);

test('a column with nulls comes back behind one that always holds the same', async () => {
	const cells = EVERY_SEVENTH.map((cell): Row => ['north', cell]);
	const { rows } = await readBack(await parquetOf(columnsOf({ same: 'STRING', number: 'STRING' }), [cells]));
	expect(rows.map(({ same, number }) => [same, number])).toEqual(cells);
});

/** A long first column: how many different values it has, and which of its rows are null. */
const aFirstColumn = fc.record({
	length: fc.integer({ min: 1, max: 30_000 }),
	different: fc.constantFrom(1, 2, 300, 100_000),
	nullEvery: fc.constantFrom(1, 2, 3, 7, 8, 9, 50, 100_000),
	seed: fc.integer({ min: 1 }),
});

test('any first column comes back, however long it is and wherever its nulls are', async () => {
	await fc.assert(
		fc.asyncProperty(aFirstColumn, async ({ length, different, nullEvery, seed }) => {
			const drawn = (index: number, salt: number) => Math.imul(index + seed, 0x9e3779b1 + 2 * salt) >>> 8;
			const cells = Array.from({ length }, (_, index) =>
				drawn(index, 1) % nullEvery === 0 ? null : `v${drawn(index, 2) % different}`,
			);
			const { rows } = await readBack(await parquetOf(columnsOf({ first: 'STRING' }), [cells.map((cell) => [cell])]));
			expect(rows.map(({ first }) => first)).toEqual(cells);
		}),
		{ numRuns: 30 },
	);
});
