import { oneRow } from '../../../sandbox/domo/dataSets';
import { type DomoDouble, startDomo } from '../../../sandbox/domo/domo';

export const ALL_EVENTS = ['dataUpdated', 'rowsChanged', 'schemaChanged', 'newDataSet'];

export const sales = oneRow({ name: 'Sales', owner: { id: 7, name: 'Sales Team' } });
export const stock = oneRow({ name: 'Stock', owner: { id: 8, name: 'Warehouse' } });

/** Watches all whose name contains a text, for everything that may happen. */
export const byName = (nameContains: string, others = {}) => ({
	watch: 'name',
	nameContains,
	events: ALL_EVENTS,
	...others,
});

export const names = (items: ReadonlyArray<{ dataSetName?: unknown }>) => items.map(({ dataSetName }) => dataSetName);

/** Starts a Domo with both before each test, and ends it after; ask for it inside a test. */
export function aDomo(): () => DomoDouble {
	let domo: DomoDouble | undefined;
	beforeEach(async () => {
		domo = await startDomo({ dataSets: [sales, stock] });
	});
	afterEach(async () => await domo?.close());
	return () => {
		if (domo === undefined) throw new Error('Only a test has a Domo');
		return domo;
	};
}
