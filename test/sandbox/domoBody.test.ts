import type { DomoClient } from '../../sandbox/domo/client';
import { domoClient } from '../../sandbox/domo/client';
import { awkward, large } from '../../sandbox/domo/dataSets';
import type { DomoDouble } from '../../sandbox/domo/domo';
import { dataSet, startDomo } from '../../sandbox/domo/domo';

const small = awkward();
const big = large({ bytes: 3_000_000 });
let domo: DomoDouble;
let client: DomoClient;

beforeEach(async () => {
	domo = await startDomo({ dataSets: [small, big] });
	client = domoClient(domo);
	await client.login();
});
afterEach(async () => await domo.close());

const metadata = async (id = small.id) => await client.metadata(id);
const csv = async (id = small.id, signal?: AbortSignal) => await client.csv(id, signal ? { signal } : {});
const json = async (answer: Response) => JSON.parse(await answer.text());
/** What arrived, and whether the body came to its end. */
const received = async (answer: Response, enough = Infinity) => {
	let bytes = 0;
	try {
		for await (const chunk of answer.body ?? []) if ((bytes += chunk.length) >= enough) break;
	} catch {
		return { bytes, complete: false };
	}
	return { bytes, complete: true };
};
const lines = async (answer: Response) => (await answer.text()).split('\n').length - 1;

describe('a body', () => {
	it.each([0, 1, 100_000, 1_234_567, 2_999_999, big.bytes, big.bytes + 5])(
		'cut at byte %d brings every byte before it, and no end',
		async (atByte) => {
			domo.fault(big.id, { kind: 'cut', atByte });
			expect(await received(await csv(big.id))).toEqual({ bytes: Math.min(atByte, big.bytes), complete: false });
		},
	);

	it('cut by a reset has no end either', async () => {
		domo.fault(big.id, { kind: 'cut', atByte: 1_000_000, how: 'reset' });
		expect((await received(await csv(big.id))).complete).toBe(false);
	});

	it('cut cleanly looks complete', async () => {
		domo.fault(big.id, { kind: 'cut', atByte: 1_234_567, how: 'end' });
		expect(await received(await csv(big.id))).toEqual({ bytes: 1_234_567, complete: true });
	});

	it('with rows missing is 200 with a clean end', async () => {
		domo.fault(big.id, { kind: 'short', missingRows: 700 });
		expect(await lines(await csv(big.id))).toBe(big.rows + 1 - 700);
	});

	it('that stalls goes on after its time, and otherwise ends when the client leaves', async () => {
		domo.fault(big.id, [
			{ kind: 'stall', atByte: 500_000, ms: 20 },
			{ kind: 'stall', atByte: 500_000 },
		]);
		expect(await received(await csv(big.id))).toEqual({ bytes: big.bytes, complete: true });
		const leave = new AbortController();
		const stalled = await csv(big.id, leave.signal);
		setTimeout(() => leave.abort(), 100);
		expect(await received(stalled)).toEqual({ bytes: 500_000, complete: false });
	});

	it('that is slow, or slow to start, is the same body', async () => {
		domo.fault(small.id, [
			{ kind: 'rate', bytesPerSecond: 20_000 },
			{ kind: 'slowStart', ms: 20 },
		]);
		const [slow, late, plain] = [await (await csv()).text(), await (await csv()).text(), await (await csv()).text()];
		expect([slow, late]).toEqual([plain, plain]);
	});
});

describe('a DataSet that changes', () => {
	it('by a refresh before the export has other rows and a later date than its metadata told', async () => {
		domo.fault(big.id, { kind: 'refresh', addRows: 5 }, 1);
		const before = await json(await metadata(big.id));
		const sent = await lines(await csv(big.id));
		const after = await json(await metadata(big.id));
		expect([before.rows, sent, after.rows]).toEqual([big.rows, big.rows + 6, big.rows + 5]);
		expect(after.updatedAt > before.updatedAt && after.dataCurrentAt > before.dataCurrentAt).toBe(true);
	});

	it('under PDP says so and leaves rows out', async () => {
		domo.fault(big.id, { kind: 'pdp', hiddenRows: 10 }, 1);
		expect(await json(await metadata(big.id))).toMatchObject({ pdpEnabled: true, rows: big.rows });
		expect(await lines(await csv(big.id))).toBe(big.rows + 1 - 10);
	});

	it('when it is deleted still has metadata, marked as deleted', async () => {
		domo.fault(small.id, 'deleted');
		const answer = await metadata();
		expect([answer.status, (await json(answer)).deleted]).toEqual([200, true]);
		domo.remove(small.id);
		expect((await metadata()).status).toBe(404);
	});

	it('by hand is renamed without being refreshed, or refreshed twice at two times', async () => {
		domo.touch(small.id, { name: 'Other' });
		const renamed = await json(await metadata());
		domo.touch(small.id, { rows: 2 });
		const once = await json(await metadata());
		domo.touch(small.id, { columns: [...small.columns, { name: 'new', type: 'STRING' }] });
		const twice = await json(await metadata());
		expect([renamed.name, renamed.updatedAt, once.rows, twice.columns]).toEqual(['Other', small.updatedAt, 2, 10]);
		expect(twice.updatedAt > once.updatedAt && once.updatedAt > small.updatedAt).toBe(true);
		expect((await (await csv()).text()).split('\n')[0]).toMatch(/,new$/);
	});
});

it('a token that expires in mid-run is refused from then on, and a new one is good', async () => {
	domo.fault(small.id, { kind: 'tokenExpired', on: 'export' }, 1);
	expect([(await metadata()).status, (await csv()).status, (await metadata()).status]).toEqual([200, 406, 401]);
	await client.login();
	expect((await csv()).status).toBe(200);
});

it('a slow client is waited for, and one that leaves ends the generation', async () => {
	let given = 0;
	let ended = false;
	const endless = dataSet({
		...small,
		name: 'Endless',
		*csv() {
			try {
				for (; given < 20_000; given++) yield Buffer.alloc(65_536);
			} finally {
				ended = true;
			}
		},
	});
	domo.add(endless);
	const leave = new AbortController();
	await csv(endless.id, leave.signal);
	let before = -1;
	while (given !== before) {
		before = given;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	expect([given < 1_000, ended]).toEqual([true, false]);
	leave.abort();
	while (!ended) await new Promise((resolve) => setTimeout(resolve, 5));
	expect(given).toBeLessThan(1_000);
});
