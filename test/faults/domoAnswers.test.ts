import * as dataSets from '../../sandbox/domo/dataSets';
import type { DetailedFault, Place as Endpoint } from '../../sandbox/domo/domo';
import { type Bench, byId, receiptOf, startBench } from '../nodes/DomoWriteback/bench';

const DATA_SET = dataSets.awkward();

/** What the user is told, as `[reason, message, what to do]`. */
type Told = readonly [reason: string, says: RegExp, hint: RegExp];

const FORBIDDEN: Told = ['dataSetForbidden', /^DataSet \S+ is not shared with this client/, /own or co-own/];
const ABSENT: Told = [
	'dataSetNotFound',
	/^DataSet \S+ does not exist.*Support: \w{10}-\w{5}-\w{5}\)$/,
	/datasources\//,
];
const DELETED: Told = ['dataSetNotFound', /^DataSet \S+ was deleted in Domo$/, /Restore it/];
const NO_EXPORT: Told = [
	'dataSetForbidden',
	/^Domo describes DataSet \S+ to this client, but refuses to export it \(status 4\d\d\)/,
	/The client and its token are valid/,
];
const MAY_NOT_EXPORT: Told = [
	'dataSetForbidden',
	/^Domo describes DataSet \S+ to this client, but refuses to export it \(status 403\)/,
	/own or co-own/,
];
const NO_DATA: Told = [
	'dataSetNotFound',
	/^Domo describes DataSet \S+, but has no data for it \(status 404\).*Support: \w{10}-\w{5}-\w{5}\)$/,
	/was never loaded/,
];
const TOKEN: Told = ['domoLogin', /^Domo refused the access token of this client/, /scope "data"/];
const CLIENT: Told = ['domoLogin', /^Domo refused the client ID and secret$/, /Admin → Authentication → API Clients/];
const BUSY: Told = ['domoBusy', /^Domo asked to wait \(status 429\)/, /in a few minutes/];
const GONE: Told = ['domoBusy', /^Domo is not available at the moment \(status 50[23]\)$/, /in a few minutes/];
const NO_TOKEN: Told = ['domoBusy', /^Domo couldn't issue a token \(status 503\)$/, /in a few minutes/];
const LOGIN_PAGE: Told = ['domoNotData', /web page titled "Domo - Login" instead of data/, /API Host/];
const BLOCKED: Told = ['domoNotData', /web page titled "Domo - Blocked" instead of data/, /IP allow list/];
const MAINTENANCE: Told = ['domoNotData', /web page titled "Domo Maintenance" instead of data/, /under maintenance/];

/** Every answer that is no data, and how often Domo is asked for a token, the metadata and the export before a writeback with two tries gives up. */
const REFUSALS: ReadonlyArray<readonly [kind: DetailedFault['kind'], on: Endpoint, asked: string, told: Told]> = [
	['unauthorized', 'token', '1 0 0', CLIENT],
	['forbidden', 'token', '1 0 0', CLIENT],
	['maintenance', 'token', '2 0 0', NO_TOKEN],
	['loginPage', 'token', '1 0 0', LOGIN_PAGE],
	['maintenancePage', 'token', '2 0 0', MAINTENANCE],
	['unauthorized', 'metadata', '2 2 0', TOKEN],
	['forbidden', 'metadata', '1 1 0', FORBIDDEN],
	['forbiddenAs400', 'metadata', '1 1 0', FORBIDDEN],
	['notFound', 'metadata', '1 1 0', ABSENT],
	['deleted', 'metadata', '1 1 0', DELETED],
	['tooManyRequests', 'metadata', '1 2 0', BUSY],
	['badGateway', 'metadata', '1 2 0', GONE],
	['maintenance', 'metadata', '1 2 0', GONE],
	['loginPage', 'metadata', '1 1 0', LOGIN_PAGE],
	['blockedPage', 'metadata', '1 1 0', BLOCKED],
	['maintenancePage', 'metadata', '1 2 0', MAINTENANCE],
	['unauthorized', 'export', '2 1 2', NO_EXPORT],
	['unauthorizedAsServerError', 'export', '2 1 2', NO_EXPORT],
	['notAcceptable', 'export', '1 1 2', NO_EXPORT],
	['badRequest', 'export', '1 1 1', NO_EXPORT],
	['forbidden', 'export', '1 1 1', MAY_NOT_EXPORT],
	['forbiddenAs400', 'export', '1 1 1', MAY_NOT_EXPORT],
	['notFound', 'export', '1 1 1', NO_DATA],
	['deleted', 'export', '1 1 1', NO_DATA],
	['tooManyRequests', 'export', '1 2 2', BUSY],
	['badGateway', 'export', '1 2 2', GONE],
	['maintenance', 'export', '1 2 2', GONE],
	['loginPage', 'export', '1 1 1', LOGIN_PAGE],
	['blockedPage', 'export', '1 1 1', BLOCKED],
	['maintenancePage', 'export', '1 2 2', MAINTENANCE],
];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());
beforeEach(() => ['token', DATA_SET.id].forEach((id) => bench.domo.fault(id, 'none')));

function answer(kind: DetailedFault['kind'], on: Endpoint, times?: number): void {
	bench.domo.fault(on === 'token' ? 'token' : DATA_SET.id, { kind, on } as DetailedFault, times);
}

async function write(maxTries = 2) {
	const place = await bench.place('sftp');
	const parameters = { ...place.parameters, dataSet: byId(DATA_SET.id), transfer: { maxTries } };
	return { ...(await bench.run({ parameters })), place };
}

test.each(REFUSALS)('%s on the %s ends it after %s requests, and nothing is there', async (kind, on, times, told) => {
	answer(kind, on);
	const { run, asked, place } = await write();
	const [reason, says, hint] = told;
	expect(run.error).toMatchObject({
		type: reason,
		message: expect.stringMatching(says),
		description: expect.stringMatching(hint),
	});
	expect(`${asked.tokens} ${asked.metadata} ${asked.exports}`).toBe(times);
	expect(await place.names()).toEqual([]);
});

/** Whatever is worth another try is overcome by it. */
const PASSING = REFUSALS.filter(([, , , told]) => [BUSY, GONE, NO_TOKEN, MAINTENANCE].includes(told));

test.each(PASSING)('%s on the %s once is overcome by the second try', async (kind, on) => {
	answer(kind, on, 1);
	expect(receiptOf(await write())).toMatchObject({ tries: 2, verification: 'verified' });
});

test('a wait that Domo asks for is kept', async () => {
	bench.domo.fault(DATA_SET.id, { kind: 'tooManyRequests', retryAfterSeconds: 2, on: 'export' }, 1);
	const outcome = await write();
	expect(receiptOf(outcome)).toMatchObject({ tries: 2, verification: 'verified' });
	expect(outcome.ms).toBeGreaterThan(2000);
});

test('a wait longer than a quarter of an hour is not begun', async () => {
	bench.domo.fault(DATA_SET.id, { kind: 'tooManyRequests', retryAfterSeconds: 86_400, on: 'export' });
	const { run, asked } = await write();
	expect(run.error).toMatchObject({ type: 'domoBusy', message: expect.stringContaining('to wait 86400 s') });
	expect(asked.exports).toBe(1);
});
