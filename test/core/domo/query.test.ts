import { Readable } from 'node:stream';
import fc from 'fast-check';
import { runQuery } from '../../../core/domo/query';
import type { QueryCell } from '../../../core/domo/queryReader';
import { rateLimited } from '../../../core/domo/rateLimit';
import type { DomoRequest } from '../../../core/domo/request';
import { WritebackError } from '../../../core/support/errors';

const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const never = new AbortController().signal;

/** Domo with one answer, in pieces. */
const answering = (body: Iterable<string | Buffer>, status = 200): DomoRequest => {
	return async () => ({ status, headers: {}, body: Readable.from(body) });
};

const run = async (domo: DomoRequest, mostMs?: number) =>
	await runQuery(domo, { id: ID, sql: 'SELECT', onBytes: () => undefined, ...(mostMs && { mostMs }) }, never);

const reasonOf = async (work: Promise<unknown>) =>
	await work.then(
		() => 'none',
		(fault: unknown) => (fault instanceof WritebackError ? `${fault.reason}: ${fault.message}` : String(fault)),
	);

const plain = (cell: QueryCell) => (typeof cell === 'object' && cell !== null ? Number(cell.digits) : cell);

test('any document, cut anywhere and in any order, is read as JSON.parse reads it', async () => {
	const cell = fc.oneof(
		fc.string(),
		fc.string({ unit: 'binary' }),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.boolean(),
		fc.constant(null),
	);
	const rows = fc
		.integer({ min: 1, max: 4 })
		.chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
	const order = fc.shuffledSubarray(['columns', 'metadata', 'rows', 'numRows', 'fromcache'], { minLength: 5 });
	await fc.assert(
		fc.asyncProperty(rows, order, fc.integer({ min: 1, max: 50 }), async (some, keys, size) => {
			const columns = some[0]?.map((_, index) => `c${index}`) ?? [];
			const metadata = columns.map(() => ({ type: 'LONG', maxLength: -1 }));
			const parts: Record<string, unknown> = { columns, metadata, rows: some, numRows: some.length, fromcache: true };
			const text = Buffer.from(JSON.stringify(Object.fromEntries(keys.map((key) => [key, parts[key]]))));
			const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
				text.subarray(at * size, (at + 1) * size),
			);
			const answer = await run(answering(pieces));
			const parsed: { rows: unknown[][] } = JSON.parse(text.toString());
			expect(answer.rows.map((row) => row.map(plain))).toEqual(parsed.rows);
			expect([answer.columns, answer.types]).toEqual([columns, columns.map(() => 'LONG')]);
		}),
		{ numRuns: 200 },
	);
});

test('digits are kept as they are written', async () => {
	const { rows } = await run(
		answering(['{"rows":[[9007199254740993,-0.10,1E400]],"columns":["a","b","c"],"numRows":1}']),
	);
	expect(rows).toEqual([[{ digits: '9007199254740993' }, { digits: '-0.10' }, { digits: '1E400' }]]);
});

test.each([
	['ends early', '{"columns":["a"],"rows":[[1],[2'],
	['has rows of other widths', '{"columns":["a"],"rows":[[1,2]]}'],
	['has no columns', '{"rows":[[1]]}'],
	['has lists for cells', '{"columns":["a"],"rows":[[[1]]]}'],
	['has rows that are none', '{"columns":["a"],"rows":[1]}'],
	['is no JSON', '{"columns":["a"],"rows":[[01]]}'],
	['goes on', '{"columns":["a"],"rows":[[1]]} {}'],
	['is empty', ''],
	['is nested without end', '['.repeat(100_000)],
	['has objects without end', `{"more":[${'{},'.repeat(100_000)}`],
])('a document that %s is no result', async (_, text) => {
	expect(await reasonOf(run(answering([text])))).toMatch(/^domoNotData: /);
});

test('a result that lacks rows by its own count is none', async () => {
	const text = '{"columns":["a"],"rows":[[1]],"numRows":2}';
	expect(await reasonOf(run(answering([text])))).toBe('rowsDiffer: Domo counts 2 rows and sent 1');
});

test('a million rows may lack some, and are refused while they arrive', async () => {
	function* endless() {
		yield '{"columns":["a"],"rows":[[1]';
		for (let batch = 0; batch < 1_001; batch++) yield ',[1]'.repeat(1000);
	}
	expect(await reasonOf(run(answering(endless())))).toMatch(
		/^setting: SQL: the query reached Domo's limit of 1,000,000 rows/,
	);
}, 60_000);

test('a query that takes longer than Domo allows says so, however Domo ends it', async () => {
	const late = async () => await new Promise((resolve) => setTimeout(resolve, 30));
	const gone: DomoRequest = async () => {
		await late();
		throw new WritebackError('domoInterrupted', 'Domo cannot be reached: no answer in time', { hint: 'Look.' });
	};
	const given: DomoRequest = async () => {
		await late();
		return { status: 504, headers: {}, body: Readable.from([]) };
	};
	for (const domo of [gone, given]) expect(await reasonOf(run(domo, 20))).toMatch(/^setting: SQL: .* 60 seconds/);
	for (const domo of [gone, given]) expect(await reasonOf(run(domo))).toMatch(/^domo(?:Interrupted|Busy)/);
});

test('a wait that Domo asked for is no time of the query, and an answer that asks for one is no limit of it', async () => {
	const statuses = [429, 503];
	const busy: DomoRequest = async () => ({
		status: statuses.shift() ?? 503,
		headers: { 'retry-after': '0.2' },
		body: Readable.from([]),
	});
	const domo = rateLimited(busy, 'an account that queries', never);
	expect(await reasonOf(run(domo, 100))).toMatch(/^domoBusy: .* 429/);
	expect(await reasonOf(run(domo, 100))).toMatch(/^domoBusy: .* 503/);
	const late: DomoRequest = async () => {
		await new Promise((resolve) => setTimeout(resolve, 30));
		return { status: 429, headers: {}, body: Readable.from([]) };
	};
	expect(await reasonOf(run(late, 20))).toMatch(/^domoBusy: .* 429/);
});

test('others have their turn while a long answer is read', async () => {
	const rows = `${'["some text",1],'.repeat(60_000)}["",1]`;
	const body = Buffer.from(`{"columns":["a","b"],"rows":[${rows}],"numRows":60001}`);
	let longest = 0;
	let last = performance.now();
	const timer = setInterval(() => {
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}, 1);
	await run(answering([body]));
	// The timer never ran where others had no turn at all.
	longest = Math.max(longest, performance.now() - last);
	clearInterval(timer);
	expect(longest).toBeLessThan(200);
});

test('every row tells how many cells it has, before the next one is read', async () => {
	const cells: number[] = [];
	const body = JSON.stringify({
		columns: ['a', 'b'],
		rows: [
			[1, 2],
			['x', null],
			[true, 3],
		],
	});
	const onRow = (count: number) => void cells.push(count);
	const domo = answering([body]);
	await runQuery(domo, { id: ID, sql: 'SELECT', onBytes: () => undefined, onRow }, never);
	expect(cells).toEqual([2, 2, 2]);
});
