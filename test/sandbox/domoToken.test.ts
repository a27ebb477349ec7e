import { awkward } from '../../sandbox/domo/dataSets';
import type { DomoClient } from '../../sandbox/domo/client';
import { domoClient } from '../../sandbox/domo/client';
import type { DomoDouble } from '../../sandbox/domo/domo';
import { startDomo } from '../../sandbox/domo/domo';

const one = awkward();
let domo: DomoDouble;
let client: DomoClient;

beforeEach(async () => {
	domo = await startDomo({ dataSets: [one] });
	client = domoClient(domo);
});
afterEach(async () => await domo.close());

const json = async (answer: Response) => JSON.parse(await answer.text());
const login = (id: string, secret: string) => domoClient({ ...domo, clientId: id, clientSecret: secret }).basic;
const post = async (body: string, query = '', authorization = client.basic) =>
	await fetch(`${domo.url}/oauth/token${query}`, {
		method: 'POST',
		headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
		body,
	});

describe('a token', () => {
	it('is what Domo sends, without a refresh token', async () => {
		const answer = await post('grant_type=client_credentials&scope=data user');
		const token = await json(answer);
		expect(Object.keys(token).sort()).toEqual(
			['access_token', 'customer', 'expires_in', 'jti', 'role', 'scope', 'token_type', 'userId'].sort(),
		);
		expect(token).toMatchObject({ expires_in: 3599, token_type: 'bearer', scope: 'data user' });
		const { exp } = JSON.parse(Buffer.from(token.access_token.split('.')[1], 'base64url').toString());
		expect(Math.abs(exp - Date.now() / 1000 - 3599)).toBeLessThan(60);
	});

	it('comes for a GET with a query too', async () => {
		const answer = await client.get('/oauth/token?grant_type=client_credentials&scope=data', {
			authorization: client.basic,
		});
		expect(answer.status).toBe(200);
	});

	it.each([
		['a POST with the grant in its query', () => post('', '?grant_type=client_credentials&scope=data'), 400],
		['a POST with the grant in both', () => post('grant_type=client_credentials&scope=data', '?scope=data'), 400],
		['another grant', () => post('grant_type=password&scope=data'), 400],
		['a parameter that OAuth has not', () => post('grant_type=client_credentials&scopes=data'), 400],
		['a scope that Domo has not', () => post('grant_type=client_credentials&scope=everything'), 400],
		['another secret', () => post('grant_type=client_credentials&scope=data', '', login(domo.clientId, 'wrong')), 401],
		[
			'another client',
			() => post('grant_type=client_credentials&scope=data', '', login('wrong', domo.clientSecret)),
			401,
		],
		['no login', () => post('grant_type=client_credentials&scope=data', '', ''), 401],
	])('is refused to %s', async (_, request, status) => {
		const answer = await request();
		expect(answer.status).toBe(status);
		expect(await json(answer)).toEqual({
			error: expect.stringMatching(/^(invalid_client|invalid_request|unsupported_grant_type|invalid_scope)$/),
			error_description: expect.stringMatching(/\w/),
		});
	});

	it('has every scope of the client when none is asked for, and none that the client has not', async () => {
		expect((await json(await post('grant_type=client_credentials'))).scope.split(' ')).toContain('data');
		const other = await startDomo({ scopes: ['user'] });
		const body = (scope: string) => new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) });
		const asked = async (scope: string) =>
			await fetch(`${other.url}/oauth/token`, {
				method: 'POST',
				headers: { authorization: domoClient(other).basic },
				body: body(scope),
			});
		expect([(await asked('')).status, (await asked('data')).status]).toEqual([200, 400]);
		await other.close();
	});

	it('without the scope data opens no DataSet', async () => {
		await client.login('user');
		const answer = await client.metadata(one.id);
		expect(answer.status).toBe(403);
	});

	it('that is bad gets 401 as JSON, and 406 with a web page from the export', async () => {
		client.authorization = 'Bearer nonsense';
		const metadata = await client.metadata(one.id);
		expect(metadata.status).toBe(401);
		expect(metadata.headers.get('www-authenticate')).toContain('Bearer error="invalid_token"');
		const data = await client.csv(one.id);
		expect([data.status, data.headers.get('content-type')]).toEqual([406, 'text/html;charset=utf-8']);
		expect(await data.text()).toMatch(/^<!DOCTYPE html>/);
		expect((await client.get(`/v1/datasets/${one.id}/data`)).status).toBe(401);
	});

	it('that has expired says since when', async () => {
		const short = await startDomo({ tokenSeconds: 0, dataSets: [one] });
		const late = domoClient(short);
		await late.login();
		const answer = await late.get('/v1/datasets');
		expect(answer.headers.get('www-authenticate')).toMatch(/Jwt expired at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"$/);
		await short.close();
	});
});
