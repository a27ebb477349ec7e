import type { Column } from '../../../sandbox/domo/domo';
import { table } from '../../../sandbox/domo/table';
import { byId } from '../DomoWriteback/execution';
import { type Bench, startBench } from './domoNode';

const named = (...names: readonly string[]) =>
	table({
		name: names.join(),
		columns: names.map((name): Column => ({ name, type: 'LONG' })),
		rows: 1,
		record: () => names.map((_, index) => String(index + 1)),
	});

const ODD = named('', 'a b', 'constructor', '__proto__', 'A B');
const TWINS = named('a', 'b', 'a');

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([ODD, TWINS]);
});
afterAll(async () => await bench?.close());

const rowsOf = (id: string) => ({ operation: 'getRows', dataSet: byId(id) });

test('columns may have any name, and may differ by case alone', async () => {
	const [item = {}] = await bench.items(rowsOf(ODD.id));
	expect(Object.entries(item)).toEqual([
		['', 1],
		['a b', 2],
		['constructor', 3],
		['__proto__', 4],
		['A B', 5],
	]);
});

test('two columns of one name are refused before an export begins: an item would hold one of them', async () => {
	const before = bench.domo.requests.length;
	expect(await bench.failure(rowsOf(TWINS.id))).toMatchObject({
		message: 'Input DataSet ID: two columns of the DataSet are named "a", but an item can have only one of them',
		description: expect.stringContaining('Rename one of them'),
	});
	expect(bench.domo.requests.slice(before).filter(({ path }) => path.endsWith('/data'))).toEqual([]);
});

test('a DataSet that is described without its columns has text in all of them', async () => {
	bench.domo.omit('metadata', ['schema']);
	expect(await bench.items(rowsOf(ODD.id))).toMatchObject([{ 'a b': '2' }]);
	bench.domo.omit('metadata', []);
});
