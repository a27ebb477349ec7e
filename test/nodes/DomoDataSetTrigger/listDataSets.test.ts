import { Readable } from 'node:stream';
import type { DomoRequest } from '../../../core/domo/request';
import { listDataSets } from '../../../nodes/DomoDataSetTrigger/changes/listDataSets';
import { World } from './world';

function worldOf(count: number, pageSize = 50): World {
	const world = new World(pageSize);
	for (let key = 0; key < count; key++) world.create(key, 'Sales', 'Ann', 1);
	return world;
}

const idsOf = (world: World) =>
	world.things
		.filter(({ visible }) => visible)
		.map(({ id }) => id)
		.sort();

test.each([0, 1, 2, 49, 50, 51, 99, 100, 981, 1000, 1029, 1030, 2345])(
	'%i DataSets are listed, each once',
	async (count) => {
		const world = worldOf(count);
		const { dataSets, pages } = await listDataSets(world.ask, { nameLike: '', gapless: true });
		expect(dataSets.map(({ id }) => id).sort()).toEqual(idsOf(world));
		expect(pages).toBe(world.requests);
		expect(pages).toBeLessThanOrEqual(count <= 1030 ? 22 : Math.ceil(count / 49) + 1);
	},
);

test.each([1, 2, 3])('pages of only %i are followed to the end', async (pageSize) => {
	const world = worldOf(15, pageSize);
	const { dataSets } = await listDataSets(world.ask, { nameLike: '', gapless: true });
	expect(dataSets).toHaveLength(15);
});

test('a short page is followed by the next one, however many requests the list has taken', async () => {
	const world = worldOf(2000);
	const [hidden] = idsOf(world).slice(1300);
	const ask: DomoRequest = async (query) => {
		const { body, ...answer } = await world.ask(query);
		const page: ReadonlyArray<{ id: string }> = JSON.parse((await body.toArray()).join(''));
		return { ...answer, body: Readable.from([JSON.stringify(page.filter(({ id }) => id !== hidden))]) };
	};
	const { dataSets } = await listDataSets(ask, { nameLike: '', gapless: false });
	expect(dataSets.map(({ id }) => id).sort()).toEqual(idsOf(world).filter((id) => id !== hidden));
});

test.each([
	[1, 1],
	[7, 2],
	[60, 3],
	[49, 2],
])('%i deletions before request %i hide none of those that stay', async (deletions, at) => {
	const world = worldOf(180);
	const order = idsOf(world);
	world.beforeRequest = (number) => {
		if (number !== at) return;
		for (const thing of world.things) if (order.indexOf(thing.id) < deletions) thing.visible = false;
	};
	const { dataSets } = await listDataSets(world.ask, { nameLike: '', gapless: true });
	const found = dataSets.map(({ id }) => id);
	expect(idsOf(world).filter((id) => !found.includes(id))).toEqual([]);
});

test('DataSets that are created meanwhile double none', async () => {
	const world = worldOf(180);
	const before = idsOf(world);
	world.beforeRequest = (number) => {
		if (number <= 20) world.create(number * 31, 'Stock', 'Ann', 1);
	};
	const { dataSets } = await listDataSets(world.ask, { nameLike: '', gapless: true });
	const found = dataSets.map(({ id }) => id);
	expect(new Set(found).size).toBe(found.length);
	expect(before.filter((id) => !found.includes(id))).toEqual([]);
});

test('a server that gives the same page for ever is given up', async () => {
	const world = worldOf(50);
	const listing = listDataSets(async (query) => await world.ask({ ...query, query: { ...query.query, offset: 0 } }), {
		nameLike: '',
		gapless: false,
	});
	await expect(listing).rejects.toMatchObject({ reason: 'setting' });
});
