import type { DomoClient } from '../../sandbox/domo/client';
import { domoClient } from '../../sandbox/domo/client';
import { awkward } from '../../sandbox/domo/dataSets';
import type { DomoDouble } from '../../sandbox/domo/domo';
import { startDomo } from '../../sandbox/domo/domo';

const one = awkward();
let domo: DomoDouble;
let client: DomoClient;

beforeEach(async () => {
	domo = await startDomo({ dataSets: [one] });
	client = domoClient(domo);
	await client.login();
});
afterEach(async () => await domo.close());

describe('what Domo does not document', () => {
	it.each([
		['/v1/datasets?sort=colour'],
		['/v1/datasets?sort=lastUpdatedDescending'],
		['/v1/datasets?sort=nameAscending'],
		['/v1/datasets?sort=Name'],
		['/v1/datasets?limit=51'],
		['/v1/datasets?limit=0'],
		['/v1/datasets?offset=-1'],
		['/v1/datasets?fields=all'],
		['/v1/datasets?limit=5&limit=6'],
		[`/v1/datasets/${one.id}?part=all`],
		[`/v1/datasets/${one.id}/data?includeHeader=1`],
		[`/v1/datasets/${one.id}/data?includeHeaders=true`],
	])('GET %s is refused', async (path) => {
		expect((await client.get(path)).status).toBe(400);
	});

	it.each([
		['POST', '/v1/datasets', 405],
		['PUT', `/v1/datasets/${one.id}/data`, 405],
		['DELETE', `/v1/datasets/${one.id}`, 405],
		['GET', `/v1/datasets/query/execute/${one.id}`, 405],
		['GET', '/v1/datasets/', 404],
		['GET', '/oauth/tokens', 404],
	])('%s %s is refused with %i', async (method, path, status) => {
		const { authorization } = client;
		expect((await fetch(domo.url + path, { method, headers: { authorization } })).status).toBe(status);
	});

	it('is JSON to a client that wants another type', async () => {
		for (const path of ['/v1/datasets', `/v1/datasets/${one.id}`]) {
			expect((await client.get(path, { accept: 'text/csv' })).status).toBe(406);
		}
	});
});
