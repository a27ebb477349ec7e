import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, startBench } from './bench';

const WAIT_SECONDS = 3;
/** Until all that was sent before the wait was known is there, on a busy machine. */
const LATE_MS = 1500;
const DATA_SETS = Array.from({ length: 12 }, (_, index) => dataSets.oneRow({ name: `Paced ${index}` }));

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(DATA_SETS);
}, 120_000);
afterAll(async () => await bench?.close());

test('when Domo tells one item to wait, all items of all executions wait, and all are written', async () => {
	const { domo } = bench;
	const [first, ...others] = DATA_SETS;
	const place = await bench.place('sftp');
	const writing = async (group: readonly { readonly id: string }[]) =>
		await bench.run({
			parameters: { ...place.parameters, dataSet: byId('={{ $json.id }}'), transfer: { itemsAtOnce: 1 } },
			items: group.map(({ id }) => ({ id })),
		});
	domo.fault(first?.id ?? '', { kind: 'tooManyRequests', on: 'export', retryAfterSeconds: WAIT_SECONDS }, 1);
	const outcomes = await Promise.all([
		writing([...(first ? [first] : []), ...others.slice(0, 3)]),
		writing(others.slice(3)),
	]);
	expect(outcomes.flatMap(({ good }) => good)).toHaveLength(DATA_SETS.length);
	const told = domo.requests.find(({ status }) => status === 429)?.at ?? Infinity;
	const soon = domo.requests.filter(({ at }) => at > told + LATE_MS && at < told + 1000 * WAIT_SECONDS - 200);
	expect(soon).toEqual([]);
	expect(domo.requests.filter(({ status }) => status === 429)).toHaveLength(1);
}, 60_000);
