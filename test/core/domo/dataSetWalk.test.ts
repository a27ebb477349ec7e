import { Readable } from 'node:stream';
import { walkDataSets } from '../../../core/domo/dataSetWalk';
import type { DomoRequest } from '../../../core/domo/request';
import { guid } from '../../../sandbox/domo/dataSet';

/** A list that changes after a request. */
class Listed {
	requests = 0;
	constructor(
		public names: string[],
		private readonly then: (list: Listed) => void = () => undefined,
	) {}

	readonly request: DomoRequest = async ({ query }) => {
		const offset = Number(query.offset);
		const page = this.names.slice(offset, offset + 50).map((name) => ({ id: guid(name), name }));
		this.requests += 1;
		this.then(this);
		return { status: 200, headers: {}, body: Readable.from([JSON.stringify(page)]) };
	};
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `Name ${String(at).padStart(4, '0')}`);

async function walked({ request }: Listed, most = Infinity): Promise<string[]> {
	const found: string[] = [];
	for await (const { name } of walkDataSets(request, '')) {
		found.push(name);
		if (found.length >= most) break;
	}
	return found;
}

test.each([0, 1, 2, 49, 50, 51, 99, 100, 101, 500])('a list of %i comes whole and in order', async (count) => {
	const all = names(count);
	expect(await walked(new Listed(all))).toEqual(all);
});

test('no page is asked for that is not wanted', async () => {
	const list = new Listed(names(500));
	expect(await walked(list, 50)).toHaveLength(50);
	expect(list.requests).toBe(1);
});

test.each([1, 10, 49, 60])('%i deletions between two pages hide no other DataSet', async (deletions) => {
	const all = names(300);
	const list = new Listed(all, (one) => {
		if (one.requests === 2) one.names = one.names.slice(deletions);
	});
	const found = await walked(list);
	expect(all.filter((name) => !found.includes(name))).toEqual([]);
	expect(new Set(found).size).toBe(found.length);
});

test('new DataSets in front of the others come no DataSet twice', async () => {
	const list = new Listed(names(200), (one) => {
		if (one.requests < 4) one.names = [`A new one ${one.requests}`, ...one.names];
	});
	const found = await walked(list);
	expect(new Set(found).size).toBe(found.length);
	expect(names(200).filter((name) => !found.includes(name))).toEqual([]);
});
