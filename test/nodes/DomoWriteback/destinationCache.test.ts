import { setImmediate as turn } from 'node:timers/promises';
import type { DestinationOptions } from '../../../core/destinations/openDestination';
import { createDestinationCache } from '../../../nodes/DomoWriteback/destinationCache';

const options = (container: number) => ({ kind: 'azureBlob', container: `${container}` }) as DestinationOptions;

function counted() {
	const [opened, closed] = [[] as string[], [] as string[]];
	const places = createDestinationCache(async (wanted) => {
		const name = wanted.kind === 'azureBlob' ? wanted.container : '';
		opened.push(name);
		return { warnings: [`caution of ${name}`], close: async () => void closed.push(name) } as never;
	});
	return { places, opened, closed };
}

test('items with the same settings share one destination, which is closed once', async () => {
	const { places, opened, closed } = counted();
	for (let item = 0; item < 3; item++) (await places.enter(options(1))).leave();
	await places.close();
	expect([opened, closed]).toEqual([['1'], ['1']]);
});

test('an execution whose every item goes elsewhere keeps sixteen destinations open, and every caution', async () => {
	const { places, closed } = counted();
	const first = await places.enter(options(0));
	for (let item = 1; item <= 100; item++) (await places.enter(options(item))).leave();
	await turn();
	expect(closed).toHaveLength(84);
	expect(closed).not.toContain('0');
	first.leave();
	await places.close();
	expect(new Set(closed).size).toBe(101);
	expect(places.warnings()).toHaveLength(101);
});

test('one that cannot be opened is no obstacle to the end', async () => {
	const places = createDestinationCache(async () => await Promise.reject(new Error('refused')));
	await expect(places.enter(options(1))).rejects.toThrow('refused');
	await expect(places.enter(options(1))).rejects.toThrow('refused');
	await places.close();
});
