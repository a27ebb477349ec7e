import type { INodeListSearchItems, INodeParameters } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { startDomo } from '../../../sandbox/domo/domo';
import { type Bench, startBench } from './bench';
import { NODE_TYPE } from './workflow';

const CATALOGUE = dataSets.catalogue(120);

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(CATALOGUE);
	for (const name of ['alpha', 'alpine', 'beta']) await bench.azure.createContainer(name);
}, 120_000);
afterAll(async () => await bench?.close());
afterEach(() => bench.domo.fault('list', 'none'));

/** Every page, as the editor scrolls through them. */
async function all(method: string, filter?: string, engine = bench.engine()): Promise<INodeListSearchItems[]> {
	const found: INodeListSearchItems[] = [];
	for (let paginationToken: string | undefined, pages = 0; pages < 10; pages++) {
		const page = await engine.listSearch(NODE_TYPE, method, {
			parameters: { destination: method === 'searchContainers' ? 'azureBlob' : 'sftp' },
			...(filter === undefined ? {} : { filter }),
			...(paginationToken === undefined ? {} : { paginationToken }),
		});
		found.push(...page.results);
		if (page.paginationToken === undefined) return found;
		paginationToken = String(page.paginationToken);
	}
	throw new Error('The list has no end');
}

describe('the list of DataSets', () => {
	test('holds every DataSet once, by name, over all pages', async () => {
		const found = await all('searchDataSets');
		expect(found.map(({ value }) => value).sort()).toEqual(CATALOGUE.map(({ id }) => id).sort());
		const names = found.map(({ name }) => name.toLowerCase());
		expect(names).toEqual([...names].sort());
	});

	test('shows name, rows and date', async () => {
		const [first] = await all('searchDataSets', 'sales 118');
		expect(first).toMatchObject({
			name: expect.stringMatching(/^Region's sales 118 \(117 rows, updated 2025-\d\d-\d\d\)$/),
		});
	});

	test.each([
		["region's", 40],
		['REGION 00', 6],
		['nothing of that name', 0],
		["'", 40],
	])('filtered by %j holds %i', async (filter, count) => {
		expect(await all('searchDataSets', filter)).toHaveLength(count);
	});

	test('shows the name alone where Domo lists no more', async () => {
		bench.domo.omit('list', ['rows', 'updatedAt']);
		const found = await all('searchDataSets', 'sales 118');
		bench.domo.omit('list', []);
		expect(found).toMatchObject([{ name: "Region's sales 118" }]);
	});

	test('says so when the client sees nothing at all', async () => {
		const alone = await startDomo();
		const { url: apiHost, clientId, clientSecret } = alone;
		const engine = bench.engine({ domoClientApi: { apiHost, clientId, clientSecret } });
		await expect(all('searchDataSets', '', engine)).rejects.toThrow('This client sees no DataSets');
		expect(await all('searchDataSets', 'sales', engine)).toEqual([]);
		await alone.close();
	});

	test('says what is wrong when Domo refuses', async () => {
		bench.domo.fault('list', 'forbidden');
		const error = expect.objectContaining({ message: expect.stringMatching(/does not let this client list DataSets/) });
		await expect(all('searchDataSets')).rejects.toEqual(error);
	});

	test('says what is wrong when the secret is wrong', async () => {
		const engine = bench.engine({ domoClientApi: { clientSecret: 'wrong' } });
		await expect(all('searchDataSets', '', engine)).rejects.toThrow('Domo refused the client ID and secret');
	});
});

describe('the list of containers', () => {
	const withSas = (sasToken: string) => bench.engine({ azureBlobSasApi: { sasToken } });

	test('holds every container', async () => {
		const names = (await all('searchContainers')).map(({ value }) => value);
		expect(names).toEqual(['alpha', 'alpine', 'beta', 'domo-exports']);
	});

	test('is filtered by the start of the name', async () => {
		expect(await all('searchContainers', 'alp')).toEqual([
			{ name: 'alpha', value: 'alpha' },
			{ name: 'alpine', value: 'alpine' },
		]);
	});

	test('comes in pages when there are many', async () => {
		const many = Array.from({ length: 120 }, (_, at) => `many-${String(at).padStart(3, '0')}`);
		await Promise.all(many.map(async (name) => await bench.azure.createContainer(name)));
		expect((await all('searchContainers', 'many-')).map(({ name }) => name)).toEqual(many);
	});

	test.each([
		['may not list', () => bench.azure.accountSas({ permissions: 'rwc', resourceTypes: 'sco' })],
		['does not reach the service', () => bench.azure.accountSas({ resourceTypes: 'co' })],
		['opens one container', () => bench.azure.containerSas('alpha')],
	])('of a SAS that %s is refused with the way out', async (_how, sas) => {
		await expect(all('searchContainers', '', withSas(sas()))).rejects.toMatchObject({
			message: "The SAS token doesn't allow listing containers",
			description: expect.stringContaining('By Name'),
		});
	});
});

describe('the list of columns', () => {
	const columnsOf = async (dataSet: INodeParameters) =>
		await bench.engine().loadOptions(NODE_TYPE, 'loadColumns', { destination: 'sftp', dataSet });

	test('holds every column of the DataSet with its type', async () => {
		const [dataSet] = CATALOGUE;
		expect(await columnsOf({ __rl: true, mode: 'list', value: dataSet?.id ?? '' })).toEqual([
			{ name: 'id', value: 'id', description: 'LONG' },
			{ name: 'name', value: 'name', description: 'STRING' },
			{ name: 'amount', value: 'amount', description: 'DECIMAL' },
		]);
	});

	test('says that a DataSet has to be chosen first', async () => {
		await expect(columnsOf({ __rl: true, mode: 'list', value: '' })).rejects.toMatchObject({
			message: 'Input DataSet ID: it is empty',
			description: expect.stringContaining('datasources/'),
		});
	});
});
