import * as dataSets from '../../../sandbox/domo/dataSets';
import { byId } from '../DomoWriteback/execution';
import { type Bench, startBench } from './domoNode';

const ONE = dataSets.oneRow();
const NAMES = ['HTTP_PROXY', 'NO_PROXY', 'no_proxy'] as const;
const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([ONE]);
});
afterAll(async () => {
	for (const [name, value] of Object.entries(before)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	await bench?.close();
});

test('a query to this machine passes no proxy, and renews its token there', async () => {
	for (const name of NAMES) delete process.env[name];
	// Nothing listens there.
	process.env.HTTP_PROXY = 'http://127.0.0.1:1';
	bench.domo.fault(ONE.id, { kind: 'tokenExpired', on: 'query' }, 1);
	const items = await bench.items({ operation: 'query', dataSet: byId(ONE.id), sql: 'SELECT id FROM table' });
	expect(items).toEqual([{ id: 1 }]);
});
