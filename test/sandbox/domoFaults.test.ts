import type { DomoClient } from '../../sandbox/domo/client';
import { domoClient } from '../../sandbox/domo/client';
import { awkward, oneRow } from '../../sandbox/domo/dataSets';
import type { DomoDouble, Fault } from '../../sandbox/domo/domo';
import { startDomo } from '../../sandbox/domo/domo';

const small = awkward();
const other = oneRow();
let domo: DomoDouble;
let client: DomoClient;

beforeEach(async () => {
	domo = await startDomo({ dataSets: [small, other] });
	client = domoClient(domo);
	await client.login();
});
afterEach(async () => await domo.close());

const metadata = async () => await client.metadata(small.id);
const csv = async (id = small.id) => await client.csv(id);

describe('an answer that is not the data', () => {
	it.each<[Fault, number, string, RegExp]>([
		['notAcceptable', 406, 'text/html', /^<!DOCTYPE html>/],
		['badRequest', 400, 'application/json', /"statusReason":"Bad Request"/],
		['unauthorized', 401, '', /^$/],
		['unauthorizedAsServerError', 401, 'application/json', /"statusReason":"Internal Server Error"/],
		['forbidden', 403, 'application/json', /^\{"status":403,"toe":"[A-Z0-9-]{22}"\}$/],
		['forbiddenAs400', 400, 'application/json', /"status":400.*Infrastructure problem \(403\): Access is denied/],
		['notFound', 404, 'application/json', /"status":404/],
		['deleted', 404, 'application/json', /"status":404/],
		['tooManyRequests', 429, 'application/json', /"status":429/],
		['badGateway', 502, 'text/html', /502 Bad Gateway/],
		['maintenance', 503, 'text/html', /Domo Maintenance/],
		['loginPage', 200, 'text/html', /<title>Domo - Login/],
		['blockedPage', 200, 'text/html', /<title>Domo - Blocked/],
		['maintenancePage', 200, 'text/html', /<title>Domo Maintenance/],
	])('%s has its status, type and text', async (fault, status, type, text) => {
		domo.fault(small.id, fault, 1);
		const answer = await csv();
		expect(answer.status).toBe(status);
		expect((answer.headers.get('content-type') ?? '').split(';')[0]).toBe(type);
		expect(await answer.text()).toMatch(text);
		expect((await csv()).status).toBe(200);
	});

	it('asks to wait for so many seconds, or does not say how long', async () => {
		domo.fault(small.id, [{ kind: 'tooManyRequests', retryAfterSeconds: 7 }, 'tooManyRequests']);
		expect([(await csv()).headers.get('retry-after'), (await csv()).headers.get('retry-after')]).toEqual(['7', null]);
	});

	it('names the broken token in the header of an empty 401', async () => {
		domo.fault(small.id, 'unauthorized');
		expect((await csv()).headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", .*Jwt expired at/);
	});

	it('can meet the token endpoint and the list', async () => {
		domo.fault('token', 'maintenance', 1);
		domo.fault('list', 'badGateway', 1);
		const list = await client.get('/v1/datasets');
		await expect(client.login()).rejects.toThrow();
		await client.login();
		expect([list.status, ...domo.requests.slice(-3).map(({ status }) => status)]).toEqual([502, 502, 503, 200]);
	});
});

describe('which request gets the fault', () => {
	it('is any of the DataSet for a refusal, the export for a broken body, or the one that is named', async () => {
		const statuses = async () => [(await metadata()).status, (await csv()).status];
		domo.fault(small.id, 'forbidden');
		expect(await statuses()).toEqual([403, 403]);
		domo.fault(small.id, 'notAcceptable');
		expect(await statuses()).toEqual([200, 406]);
		domo.fault(small.id, { kind: 'forbidden', on: 'export' }, 1);
		expect([...(await statuses()), ...(await statuses())]).toEqual([200, 403, 200, 200]);
		expect((await csv(other.id)).status).toBe(200);
	});

	it('is one after the other for a list, and none after it is cleared', async () => {
		domo.fault(small.id, ['badGateway', { kind: 'maintenance', on: 'export' }, 'forbidden']);
		expect([(await csv()).status, (await csv()).status, (await csv()).status, (await csv()).status]).toEqual([
			502, 503, 403, 200,
		]);
		domo.fault(small.id, 'forbidden');
		domo.fault(small.id, 'none');
		expect((await csv()).status).toBe(200);
	});
});
