import { columns, dataSet } from '../../../sandbox/domo/dataSet';
import { memoryLimit } from '../../../nodes/Domo/operations/operation';
import { byId } from '../DomoWriteback/execution';
import { type Bench, startBench } from './domoNode';

const MEBIBYTE = 1024 * 1024;

test('all input items share one limit, and one that fails gives back what it took', () => {
	const share = memoryLimit();
	const [first, second, third] = [share(), share(), share()];
	expect(first.take(100 * MEBIBYTE)).toBe(true);
	expect(second.take(29 * MEBIBYTE)).toBe(false);
	second.release();
	expect(third.take(28 * MEBIBYTE)).toBe(true);
	expect(third.take(1)).toBe(false);
});

describe('with rows of one short value', () => {
	const NARROW = dataSet({
		name: 'Narrow',
		columns: columns({ n: 'LONG' }),
		rows: 1_700_000,
		*csv({ header, rows }) {
			yield Buffer.from((header ? 'n\n' : '') + '1\n'.repeat(rows));
		},
	});
	let bench: Bench;
	beforeAll(async () => {
		bench = await startBench([NARROW]);
	});
	afterAll(async () => await bench?.close());
	const rowsOf = (more: object) => ({ operation: 'getRows', dataSet: byId(NARROW.id), ...more });

	test('what an item needs beside its values counts', async () => {
		expect(await bench.failure(rowsOf({ returnAll: true }))).toMatchObject({
			message: expect.stringMatching(/^Return All: the rows take more than 128 MiB/),
		});
	}, 120_000);

	test('what was read of an export beyond the rows that are returned does not', async () => {
		const { good } = await bench.run({
			parameters: rowsOf({ limit: 1 }),
			items: Array.from({ length: 40 }, () => ({})),
		});
		expect(good).toHaveLength(40);
	}, 120_000);
});
