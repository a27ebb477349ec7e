import * as fc from 'fast-check';
import type { Row } from '../../../../core/format/csv/row';
import { type SplitLimits, splitRows } from '../../../../core/format/rows/splitFiles';
import { openDelimited } from '../../../../core/format/text/delimitedWriter';
import { RUNS } from '../../runs';
import { columnsOf, faultOf, PLAIN } from '../rows';
import type { OpenRowWriter } from '../../../../core/format/rows/rowWriter';

const COLUMNS = columnsOf('text');
const HEAD = 'text\n';
const csv = openDelimited(PLAIN);

async function* batchesOf(batches: ReadonlyArray<readonly Row[]>): AsyncGenerator<readonly Row[]> {
	yield* batches;
}

interface Written {
	readonly text: string;
	readonly rows: number;
}

async function partsOf(batches: ReadonlyArray<readonly Row[]>, limits: SplitLimits, open = csv): Promise<Written[]> {
	const written: Written[] = [];
	for await (const part of splitRows(batchesOf(batches), COLUMNS, open, limits)) {
		const pieces: Buffer[] = [];
		for await (const piece of part.body) pieces.push(Buffer.from(piece));
		expect(part.number).toBe(written.length + 1);
		written.push({ text: Buffer.concat(pieces).toString(), rows: part.rows() });
	}
	return written;
}

const rowsOf = (...cells: readonly string[]): Row[] => cells.map((cell) => [cell]);

test.each<[string, Row[][], SplitLimits, string[]]>([
	['no limits', [rowsOf('a', 'b'), rowsOf('c')], {}, ['a\nb\nc\n']],
	['no rows', [], { rows: 1, bytes: 1 }, ['']],
	['empty batches', [[], rowsOf('a'), [], []], { rows: 1 }, ['a\n']],
	['a limit of rows inside a batch', [rowsOf('a', 'b', 'c')], { rows: 2 }, ['a\nb\n', 'c\n']],
	['a limit of rows over batches', [rowsOf('a'), rowsOf('b', 'c'), rowsOf('d')], { rows: 2 }, ['a\nb\n', 'c\nd\n']],
	['as many rows as the limit', [rowsOf('a', 'b')], { rows: 2 }, ['a\nb\n']],
	['a limit of bytes, header included', [rowsOf('a', 'b', 'c')], { bytes: HEAD.length + 4 }, ['a\nb\n', 'c\n']],
	['one byte less', [rowsOf('a', 'b', 'c')], { bytes: HEAD.length + 3 }, ['a\n', 'b\n', 'c\n']],
	['a row larger than a part', [rowsOf('a', 'bbbb', 'c')], { bytes: HEAD.length + 2 }, ['a\n', 'bbbb\n', 'c\n']],
	['a header larger than a part', [rowsOf('a', 'b')], { bytes: 1 }, ['a\n', 'b\n']],
	['both limits', [rowsOf('a', 'bbbb', 'c', 'd')], { rows: 2, bytes: HEAD.length + 6 }, ['a\n', 'bbbb\n', 'c\nd\n']],
])('%s: each part has its header and its rows', async (_, batches, limits, texts) => {
	expect((await partsOf(batches, limits)).map(({ text }) => text)).toEqual(texts.map((text) => HEAD + text));
});

test('whatever the rows and limits, no row is lost or doubled and no part is larger than it may be', async () => {
	const batches = fc.array(
		fc.array(
			fc.string({ minLength: 1, maxLength: 9 }).map((cell) => `x${cell}`),
			{ maxLength: 9 },
		),
		{
			maxLength: 6,
		},
	);
	const limits = fc.record(
		{ rows: fc.integer({ min: 1, max: 9 }), bytes: fc.integer({ min: 1, max: 60 }) },
		{ requiredKeys: [] },
	);
	await fc.assert(
		fc.asyncProperty(batches, limits, async (cells, limit) => {
			const parts = await partsOf(
				cells.map((batch) => rowsOf(...batch)),
				limit,
			);
			const whole = await partsOf(
				cells.map((batch) => rowsOf(...batch)),
				{},
			);
			expect(parts.map(({ text }) => text.slice(HEAD.length)).join('')).toBe(whole[0]?.text.slice(HEAD.length));
			for (const { text, rows } of parts) {
				expect(rows).toBeLessThanOrEqual(limit.rows ?? Infinity);
				if (rows > 1) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit.bytes ?? Infinity);
			}
		}),
		{ numRuns: Math.ceil(RUNS.numRuns / 4) },
	);
});

test('a format that keeps its rows back ends a part with the piece that reaches the limit', async () => {
	const inTwos: OpenRowWriter = () => {
		let kept = '';
		const give = (least: number) => {
			if (kept.length < least) return [];
			const given = Buffer.from(kept);
			kept = '';
			return [given];
		};
		return {
			open: () => Buffer.from('<'),
			write: (rows) => {
				kept += rows.flat().join('');
				return give(2);
			},
			close: () => [...give(1), Buffer.from('>')],
		};
	};
	const parts = await partsOf(
		['a', 'b', 'c', 'd', 'e'].map((cell) => rowsOf(cell)),
		{ bytes: 3 },
		inTwos,
	);
	expect(parts).toEqual([
		{ text: '<ab>', rows: 2 },
		{ text: '<cd>', rows: 2 },
		{ text: '<e>', rows: 1 },
	]);
});

test.each<[string, SplitLimits]>([
	['in one part', {}],
	['in parts of some rows', { rows: 2 }],
	['in parts of some bytes', { bytes: HEAD.length + 5 }],
])('%s, a cell that cannot be written is named by its row in the whole export', async (_, limits) => {
	const open = openDelimited({ ...PLAIN, encoding: 'windows1252' });
	const batches = [rowsOf('a', 'b', 'c'), rowsOf('d', 'e', 'Łódź', 'f')];
	expect(await faultOf(async () => await partsOf(batches, limits, open))).toMatchObject({
		message: 'File Encoding: row 6, column "text" holds "Ł", which Windows-1252 can\'t represent',
	});
});

test('what is written at once is handed on in shares, and freed behind each', async () => {
	const [row = []] = rowsOf('x'.repeat(1_000_000));
	const seen: Buffer[] = [];
	const { value: part } = await splitRows(batchesOf([[row]]), COLUMNS, csv, {}).next();
	for await (const piece of part.body) seen.push(piece);
	expect(seen).toHaveLength(5);
	expect(seen.slice(1).map(({ length }) => length)).toEqual([0, 0, 0, 0]);
});

test('a fault of the source comes out of the body', async () => {
	const broken = new Error('the source broke');
	async function* source() {
		yield rowsOf('a');
		throw broken;
	}
	const { value: part } = await splitRows(source(), COLUMNS, csv, {}).next();
	const read = async () => {
		for await (const piece of part.body) expect(piece.length).toBeGreaterThan(0);
	};
	await expect(read()).rejects.toBe(broken);
});

test.each(['part', 'parts'])('whoever leaves the %s early ends the source', async (what) => {
	let ended = false;
	async function* source() {
		try {
			for (;;) yield rowsOf('a');
		} finally {
			ended = true;
		}
	}
	const parts = splitRows(source(), COLUMNS, csv, { rows: 2 });
	const { value: part } = await parts.next();
	let pieces = 0;
	for await (const piece of part.body) if (piece.length > 0 && what === 'part' && (pieces += 1) === 2) break;
	if (what === 'parts') await parts.return(undefined);
	expect(ended).toBe(true);
});

test('a part that was left unread is no reason to make parts without end', async () => {
	const parts = splitRows(batchesOf([rowsOf('a')]), COLUMNS, csv, {});
	await parts.next();
	await expect(parts.next()).rejects.toThrow('A part was not read to its end');
});
