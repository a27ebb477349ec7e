import { createHash } from 'node:crypto';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { DomoClient } from '../../sandbox/domo/client';
import { domoClient } from '../../sandbox/domo/client';
import { awkward, awkwardNulls, catalogue, empty } from '../../sandbox/domo/dataSets';
import type { DomoDouble } from '../../sandbox/domo/domo';
import { digest, startDomo } from '../../sandbox/domo/domo';

const one = awkward();
const zipped = awkwardNulls({ gzip: true });
let domo: DomoDouble;
let client: DomoClient;

beforeEach(async () => {
	domo = await startDomo({ dataSets: [one, zipped, empty(), ...catalogue(125)] });
	client = domoClient(domo);
	await client.login();
});
afterEach(async () => await domo.close());

const json = async (answer: Response) => JSON.parse(await answer.text());
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('the list', () => {
	const list = async (query: string) => await json(await client.get(`/v1/datasets${query}`));
	const names = async (query: string) => (await list(query)).map(({ name }: { name: string }) => name);

	it('is a bare array in pages of at most 50, empty past the end', async () => {
		const lengths = [];
		for (const offset of [0, 50, 100, 150]) lengths.push((await list(`?limit=50&offset=${offset}`)).length);
		expect(lengths).toEqual([50, 50, 28, 0]);
		expect(await list('')).toHaveLength(50);
	});

	it('tells what Domo tells: columns as a number, and sometimes no description', async () => {
		const items = await list('?nameLike=region&limit=5');
		expect(items[0]).toMatchObject({
			columns: 3,
			rows: 0,
			pdpEnabled: false,
			owner: { id: expect.any(Number), name: expect.any(String) },
		});
		expect(items.map((item: object) => 'description' in item)).toEqual([true, true, true, false, true]);
		expect(items[0]).not.toHaveProperty('schema');
	});

	it('finds a part of a name, apostrophes included, whatever the case', async () => {
		expect(await names(`?nameLike=${encodeURIComponent("REGION'S SALES 00")}`)).toEqual([
			"Region's sales 001",
			"Region's sales 004",
			"Region's sales 007",
		]);
	});

	it('sorts in both directions, the latest first unless it says ascending', async () => {
		const up = await names('?nameLike=region&sort=name&limit=2');
		const down = await names('?nameLike=region&sort=nameDescending&limit=2');
		expect([up, down]).toEqual([
			["Region's sales 001", "Region's sales 004"],
			['Sales, region 125', 'Sales, region 123'],
		]);
		const updated = (await list('?sort=lastUpdated')).map(({ updatedAt }: { updatedAt: string }) => updatedAt);
		expect(updated).toEqual([...updated].sort().reverse());
		const [oldest] = await list('?sort=lastUpdatedAscending&limit=1');
		const [latest] = await list('?sort=lastUpdated&limit=1');
		expect(oldest.updatedAt < latest.updatedAt).toBe(true);
	});

	it('tells times with milliseconds', async () => {
		const [first] = await list('?limit=1');
		for (const field of ['createdAt', 'updatedAt', 'dataCurrentAt'])
			expect(first[field]).toMatch(/T\d\d:\d\d:\d\d\.\d{3}Z$/);
	});

	it('leaves out what it is told to, apart from the description of one DataSet', async () => {
		domo.omit('list', ['owner', 'dataCurrentAt']);
		const [first] = await list('?limit=1');
		expect([Object.keys(first).includes('owner'), Object.keys(first).includes('dataCurrentAt')]).toEqual([
			false,
			false,
		]);
		expect(await json(await client.metadata(first.id))).toMatchObject({ owner: {}, dataCurrentAt: expect.any(String) });
	});
});

describe('one DataSet', () => {
	it('has a schema', async () => {
		const metadata = await json(await client.metadata(one.id));
		expect(metadata).toMatchObject({ id: one.id, rows: one.rows, columns: 9, policies: [] });
		expect(metadata.schema.columns[0]).toEqual({ type: 'LONG', name: 'Order ID' });
	});

	it('that Domo does not know is 404 with a toe, as is any other path', async () => {
		for (const path of ['/v1/datasets/unknown', '/v1/datasets/unknown/data', '/v1/streams', '//v1/datasets']) {
			const answer = await client.get(path);
			expect(await json(answer)).toEqual({ status: 404, statusReason: 'Not Found', path, toe: expect.any(String) });
		}
	});

	it('is exported without a header unless asked for, chunked, to the byte', async () => {
		const whole = Buffer.from(await (await client.csv(one.id)).arrayBuffer());
		const bare = await client.csv(one.id, { query: '?fileName=x%0d%0a"y.csv&includeHeader=FALSE' });
		const shouting = await client.csv(one.id, { query: '?includeHeader=True' });
		expect(sha256(Buffer.from(await shouting.arrayBuffer()))).toBe((await digest(one)).sha256);
		expect({ bytes: whole.length, rows: one.rows, sha256: sha256(whole) }).toEqual(await digest(one));
		expect(whole.subarray(whole.indexOf('\n') + 1).equals(Buffer.from(await bare.arrayBuffer()))).toBe(true);
		expect(bare.headers.get('content-disposition')).toBe('attachment; filename="x___y.csv"');
		expect([bare.headers.get('transfer-encoding'), bare.headers.get('content-type')]).toEqual(['chunked', 'text/csv']);
		expect((await client.get(`/v1/datasets/${one.id}/data`, { accept: 'application/json' })).status).toBe(406);
	});

	it('is zipped when it is a zipped one and the client accepts that', async () => {
		const headers = { authorization: client.authorization, accept: 'text/csv', 'accept-encoding': 'gzip' };
		const url = `${domo.url}/v1/datasets/${zipped.id}/data?includeHeader=true`;
		const answer = await new Promise<IncomingMessage>((resolve) => get(url, { headers }, resolve));
		const body = Buffer.concat(await answer.toArray());
		expect(answer.headers['content-encoding']).toBe('gzip');
		expect(sha256(gunzipSync(body))).toBe((await digest(zipped)).sha256);
		const plain = await client.get(`/v1/datasets/${zipped.id}/data`, { 'accept-encoding': 'identity' });
		expect(plain.headers.get('content-encoding')).toBeNull();
	});

	it('answers SELECT * as one document', async () => {
		const url = `${domo.url}/v1/datasets/query/execute/`;
		const query = async (sql: string, id = one.id, type = 'application/json') =>
			await fetch(url + id, {
				method: 'POST',
				headers: { authorization: client.authorization, 'content-type': type },
				body: JSON.stringify({ sql }),
			});
		const answer = await json(await query('SELECT * FROM table'));
		expect(answer).toMatchObject({
			datasource: one.id,
			numRows: one.rows,
			numColumns: 9,
			fromcache: expect.any(Boolean),
		});
		expect([answer.columns[0], answer.metadata[0].type, answer.rows[4][2], answer.rows[5][1]]).toEqual([
			'Order ID',
			'LONG',
			null,
			'',
		]);
		expect([answer.rows[1][6], answer.rows[3][4]]).toEqual(['2019-03-19T18:49:02', 'first line\r\nsecond line\r\n']);
		expect((await query('DROP TABLE table')).status).toBe(400);
		expect((await query('SELECT * FROM table', one.id, 'text/plain')).status).toBe(400);
		expect((await query('SELECT * FROM table', empty().id)).status).toBe(400);
	});
});
