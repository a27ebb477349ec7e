import type { IDataObject } from 'n8n-workflow';
import { Activated, chosen } from './n8n';
import { aDomo, names, sales, stock } from './twoDataSets';

const domo = aDomo();

describe('a node', () => {
	const activated = async () => {
		const trigger = new Activated(domo(), chosen([sales.id]));
		await trigger.poll();
		return trigger;
	};

	test('that gets another name, and its old one back, forgets no change', async () => {
		const trigger = await activated();
		for (const [rows, name] of [
			[2, 'Sales Changed'] as const,
			[3, 'When Changed'] as const,
			[4, 'Sales Changed'] as const,
		]) {
			domo().touch(sales.id, { rows });
			trigger.name = name;
			expect([name, await trigger.poll(), await trigger.poll()]).toMatchObject([name, [{ rows }], []]);
		}
	});

	test('that gets a name, its old one and that name again reports a change once', async () => {
		const trigger = await activated();
		trigger.name = 'Sales Changed';
		expect(await trigger.poll()).toEqual([]);
		trigger.name = 'When Changed';
		domo().touch(sales.id, { rows: 2 });
		expect(await trigger.poll()).toMatchObject([{ rows: 2 }]);
		trigger.name = 'Sales Changed';
		expect(await trigger.poll()).toEqual([]);
	});

	test('that swaps its name with another one keeps its own state', async () => {
		const one = await activated();
		const other = new Activated(domo(), chosen([stock.id]));
		Object.assign(other, { staticData: one.staticData, name: 'Other', id: 'other' });
		await other.poll();
		[one.name, other.name] = [other.name, one.name];
		domo().touch(sales.id, { rows: 2 });
		domo().touch(stock.id, { rows: 3 });
		one.staticData = other.staticData;
		expect(names(await one.poll())).toEqual(['Sales']);
		other.staticData = one.staticData;
		expect(names(await other.poll())).toEqual(['Stock']);
		expect(await other.poll()).toEqual([]);
	});

	test('that was cut and pasted under its name goes on', async () => {
		const trigger = await activated();
		domo().touch(sales.id, { rows: 2 });
		trigger.id = 'pasted';
		expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ rows: 2 }], []]);
	});

	test('whose ID another one has, too, is not taken for it', async () => {
		const one = await activated();
		const other = new Activated(domo(), chosen([stock.id]));
		Object.assign(other, { staticData: one.staticData, name: 'Other' });
		await other.poll();
		one.staticData = other.staticData;
		domo().touch(sales.id, { rows: 2 });
		domo().touch(stock.id, { rows: 3 });
		expect(names(await one.poll())).toEqual(['Sales']);
		other.staticData = one.staticData;
		expect(names(await other.poll())).toEqual(['Stock']);
	});

	test('that is deleted leaves little behind', async () => {
		const trigger = await activated();
		const bytes = JSON.stringify(trigger.staticData).length;
		for (let number = 0; number < 60; number++) {
			trigger.id = `pasted ${number}`;
			await trigger.poll();
		}
		expect(JSON.stringify(trigger.staticData).length).toBeLessThan(bytes * 22);
	});

	describe('whose cursors are durable', () => {
		const durable = async () => {
			const trigger = await activated();
			trigger.cursor = structuredClone(trigger.staticData['node:When Changed']) as IDataObject;
			expect(await trigger.poll()).toEqual([]);
			return trigger;
		};

		test('reports a change once more whose report n8n refused to commit', async () => {
			const trigger = await durable();
			domo().touch(sales.id, { rows: 2 });
			expect(await trigger.poll()).toMatchObject([{ rows: 2 }]);
			domo().touch(sales.id, { rows: 3 });
			trigger.refuses = true;
			expect(await trigger.poll()).toMatchObject([{ rows: 3 }]);
			trigger.refuses = false;
			expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ rows: 3 }], []]);
		});

		/** n8n drops the cursor of the poll that publishes the workflow, and stores the data of the workflow. */
		const published = async () => {
			const trigger = new Activated(domo(), chosen([sales.id]));
			trigger.cursor = {};
			trigger.refuses = true;
			expect(await trigger.poll()).toEqual([]);
			trigger.refuses = false;
			return trigger;
		};

		test('reports a change between the publishing of its workflow and the next poll', async () => {
			const trigger = await published();
			domo().touch(sales.id, { rows: 2 });
			expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ rows: 2 }], []]);
		});

		test('reports the first change once more whose report n8n refused to commit', async () => {
			const trigger = await published();
			domo().touch(sales.id, { rows: 2 });
			trigger.refuses = true;
			expect(await trigger.poll()).toMatchObject([{ rows: 2 }]);
			trigger.refuses = false;
			expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ rows: 2 }], []]);
		});

		test('reports a change once when its workflow is published again', async () => {
			const trigger = await published();
			domo().touch(sales.id, { rows: 2 });
			expect(await trigger.poll()).toMatchObject([{ rows: 2 }]);
			trigger.refuses = true;
			expect(await trigger.poll()).toEqual([]);
			trigger.refuses = false;
			expect(await trigger.poll()).toEqual([]);
			domo().touch(sales.id, { rows: 3 });
			expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ rows: 3 }], []]);
		});

		test('writes nothing that it reports to the data of the workflow', async () => {
			const trigger = await durable();
			const before = structuredClone(trigger.staticData);
			domo().touch(sales.id, { rows: 2 });
			expect(await trigger.poll()).toHaveLength(1);
			expect(trigger.staticData).toEqual(before);
		});

		test('reports a change once when polls overlap, and forgets none with another name', async () => {
			const trigger = await durable();
			domo().touch(sales.id, { rows: 2 });
			expect(await trigger.polls(2)).toHaveLength(1);
			domo().touch(sales.id, { rows: 3 });
			trigger.name = 'Sales Changed';
			expect([await trigger.poll(), await trigger.poll()]).toMatchObject([[{ rows: 3 }], []]);
		});

		test('goes on from the latest state of those kept before', async () => {
			const trigger = await activated();
			trigger.name = 'Sales Changed';
			domo().touch(sales.id, { rows: 2 });
			expect(await trigger.poll()).toHaveLength(1);
			trigger.name = 'When Changed';
			trigger.cursor = structuredClone(trigger.staticData['node:When Changed']) as IDataObject;
			expect(await trigger.poll()).toEqual([]);
			trigger.name = 'New Name';
			trigger.cursor = {};
			expect(await trigger.poll()).toEqual([]);
			domo().touch(sales.id, { rows: 3 });
			expect(await trigger.poll()).toHaveLength(1);
		});
	});

	test('takes up a state that was kept by name alone', async () => {
		const trigger = await activated();
		trigger.staticData = JSON.parse(
			JSON.stringify(trigger.staticData, (key, value) => (/^(global|nodeId)$/.test(key) ? undefined : value)),
		);
		expect(Object.keys(trigger.staticData)).toEqual(['node:When Changed']);
		domo().touch(sales.id, { rows: 2 });
		expect(await trigger.poll()).toHaveLength(1);
	});
});
