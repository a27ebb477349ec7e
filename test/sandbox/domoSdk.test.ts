import { DomoClient } from 'domo-sdk';
import { awkward, catalogue } from '../../sandbox/domo/dataSets';
import type { DomoDouble } from '../../sandbox/domo/domo';
import { digest, startDomo } from '../../sandbox/domo/domo';

/** Domo's own SDK, which was not written for this double: what it gets along with, Domo's clients get along with. */
const one = awkward();
let domo: DomoDouble;
let sdk: DomoClient;

beforeEach(async () => {
	domo = await startDomo({ dataSets: [one, ...catalogue(60)] });
	sdk = clientOf(domo);
});
afterEach(async () => await domo.close());

/** The SDK knows https alone; its transport tells where it leads. */
function clientOf({ url, clientId, clientSecret }: DomoDouble): DomoClient {
	const client = new DomoClient(clientId, clientSecret);
	client.transport.apiHost = url;
	return client;
}

const statuses = () => domo.requests.map(({ method, path, status }) => `${method} ${path.split('/').at(-1)} ${status}`);

test('fetches a token by itself, once', async () => {
	await sdk.datasets.get(one.id);
	await sdk.datasets.get(one.id);
	expect(statuses()).toEqual(['GET token 200', `GET ${one.id} 200`, `GET ${one.id} 200`]);
});

test('lists pages in each order that its documentation names', async () => {
	const names = async (offset: number, sort: string) =>
		(await sdk.datasets.list(50, offset, sort)).map(({ name }) => name);
	expect([
		(await names(0, 'name')).length,
		(await names(50, 'name')).length,
		(await names(100, 'name')).length,
	]).toEqual([50, 11, 0]);
	for (const sort of ['lastTouched', 'lastUpdated', 'createdAt', 'cardCount', 'cardViewCount', 'errorState']) {
		expect([sort, (await names(0, sort)).length]).toEqual([sort, 50]);
	}
	await expect(names(0, 'lastUpdatedDescending')).rejects.toMatchObject({ error: { statusCode: 400 } });
});

test('reads the schema of one DataSet', async () => {
	expect(await sdk.datasets.get(one.id)).toMatchObject({
		id: one.id,
		name: one.name,
		rows: one.rows,
		columns: one.columns.length,
		schema: { columns: one.columns.map(({ name, type }) => ({ name, type })) },
	});
});

test('exports the data, with the header or, as Domo does it, without', async () => {
	const whole = await sdk.datasets.exportData(one.id, true);
	const bare = await sdk.datasets.exportData(one.id);
	expect(Buffer.byteLength(whole)).toBe((await digest(one)).bytes);
	expect(whole.slice(whole.indexOf('\n') + 1)).toBe(bare);
});

test('queries by the transport that its other clients use', async () => {
	const query = { url: `/v1/datasets/query/execute/${one.id}`, body: { sql: 'SELECT * FROM table LIMIT 3' } };
	expect(await sdk.transport.post(query, 'Query')).toMatchObject({ numRows: 3, numColumns: one.columns.length });
});

test('renews a token that is refused with 401, and gives up at the 406 of the export', async () => {
	await sdk.datasets.get(one.id);
	domo.fault(one.id, 'tokenExpired', 1);
	expect(await sdk.datasets.get(one.id)).toMatchObject({ id: one.id });
	domo.fault(one.id, { kind: 'tokenExpired', on: 'export' }, 1);
	await expect(sdk.datasets.exportData(one.id)).rejects.toMatchObject({ error: { statusCode: 406 } });
});

test('is told in the words of OAuth that its client was made without a scope it asks for', async () => {
	const other = await startDomo({ scopes: ['user'] });
	const narrow = clientOf(other);
	await expect(narrow.datasets.get(one.id)).rejects.toMatchObject({
		error: { statusCode: 400, error: { error: 'invalid_scope' } },
	});
	await other.close();
});
