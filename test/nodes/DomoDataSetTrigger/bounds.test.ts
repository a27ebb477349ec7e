import { columns } from '../../../sandbox/domo/dataSet';
import { catalogue } from '../../../sandbox/domo/dataSets';
import { type DomoDouble, startDomo } from '../../../sandbox/domo/domo';
import { Activated, chosen } from './n8n';

const all = catalogue(1000);
const everything = (events: readonly string[]) => ({ watch: 'name', nameContains: '', events: [...events] });
const other = columns({ id: 'LONG', name: 'DATE', amount: 'DECIMAL' });

let domo: DomoDouble;

beforeEach(async () => {
	domo = await startDomo({ dataSets: all });
});

afterEach(async () => domo.close());

/** How many requests of the API, tokens not counted, something takes. */
async function requestsOf(what: () => Promise<unknown>): Promise<number> {
	const before = domo.requests.length;
	await what();
	return domo.requests.slice(before).filter(({ path }) => path !== '/oauth/token').length;
}

test('1,000 DataSets cost 22 requests a poll, and a burst of 500 changes no more', async () => {
	const trigger = new Activated(domo, everything(['dataUpdated', 'rowsChanged', 'newDataSet']));
	const requests = [await requestsOf(() => trigger.poll()), await requestsOf(() => trigger.poll())];
	for (const { id } of all.slice(0, 500)) domo.touch(id, { rows: 7777 });
	let items: unknown[] = [];
	requests.push(await requestsOf(async () => (items = await trigger.poll())));
	expect(requests).toEqual([22, 22, 22]);
	expect(items).toHaveLength(500);
});

test('more changed schemas than requests are told of in later polls, each once', async () => {
	await domo.close();
	domo = await startDomo({ dataSets: all.slice(0, 400) });
	const trigger = new Activated(domo, everything(['schemaChanged']));
	const requests: number[] = [];
	const told: unknown[] = [];
	const poll = async (times: number) => {
		for (let polls = 0; polls < times; polls++) {
			requests.push(await requestsOf(async () => told.push(...(await trigger.poll()))));
		}
	};
	// Every other poll reads the columns of 22.
	await poll(2 * Math.ceil(400 / 22) + 1);
	for (const { id } of all.slice(300, 350)) domo.touch(id, { columns: other });
	await poll(8);
	expect(told).toHaveLength(50);
	expect(Math.max(...requests)).toBe(22);
	expect(JSON.stringify(trigger.staticData).length).toBeLessThan(60_000);
});

test('a few chosen DataSets cost a request each', async () => {
	const trigger = new Activated(domo, chosen(all.slice(0, 3).map(({ id }) => id)));
	expect(await requestsOf(() => trigger.poll())).toBe(3);
});

test('many chosen DataSets cost a listing', async () => {
	const trigger = new Activated(domo, chosen(all.slice(0, 500).map(({ id }) => id)));
	await trigger.poll();
	expect(await requestsOf(() => trigger.poll())).toBeLessThanOrEqual(22);
});
