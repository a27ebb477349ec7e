import { readdirSync, statSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from '../../../sandbox/n8n/queueMode';
import { standardDataSets } from '../../../sandbox/sandbox';
import { servedFor } from '../servers';
import { everythingIn, readBack, spotOf } from '../workflows';
import { CONCURRENCY, openStage, type Stage } from './stage';
import { recovering, toAzure, toSftp } from './workflows';

const WRITEBACKS = 200;
const SMALL = standardDataSets().filter(({ name }) => /region/i.test(name));
const OLD = 'what was there before\n';
const HOURS = 3_600_000;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage([toSftp('toSftp'), toAzure('toAzure'), toSftp('later', 1.2), recovering()]);
});
afterAll(async () => await stage?.close());

test(`${WRITEBACKS} writebacks over two workers: each file whole and there once, the work shared, and so the token`, async () => {
	const { sandbox } = stage;
	const before = await everythingIn(sandbox);
	const asked = sandbox.domo.requests.length;
	await stage.withWorkers(['own', 'ahead'], async (workers) => {
		const orders = Array.from({ length: WRITEBACKS }, (_, index) => ({
			dataSet: SMALL[index % SMALL.length]?.id ?? '',
			file: `file-${index}.csv`,
		}));
		const written = await Promise.all(
			orders.map(async (order, index) =>
				receiptOf(await stage.main.post(index % 2 === 0 ? 'toSftp' : 'toAzure', order)),
			),
		);
		const targets = await Promise.all(
			written.map(async (receipt, index) => {
				const { rows, ...served } = await servedFor(orders[index]?.dataSet ?? '');
				expect(receipt).toMatchObject({ rows, ...served, verification: 'verified', tries: 1 });
				const spot = spotOf(sandbox, receipt.target);
				expect(await readBack(sandbox, spot)).toEqual(served);
				return `${spot.kind} ${spot.path}`;
			}),
		);
		expect(await everythingIn(sandbox)).toEqual([...before, ...targets].sort());
		for (const worker of workers) expect(jobsOf(worker)).toBeGreaterThan(WRITEBACKS / 4);
	});
	const requests = sandbox.domo.requests.slice(asked).map(({ path }) => path);
	expect(requests.filter((path) => path.endsWith('/data'))).toHaveLength(WRITEBACKS);
	// Jobs that begin together while there is no token yet fetch one each.
	expect(requests.filter((path) => path.startsWith('/oauth/')).length).toBeLessThanOrEqual(2 * CONCURRENCY);
});

test('after kill -9 of a worker in mid-transfer the target is never partial, n8n starts the example again, and the orphan is removed once it is old', async () => {
	const { sandbox } = stage;
	const folder = join(sandbox.sftp.root, 'nightly');
	const target = join(folder, 'sales.csv');
	await mkdir(folder, { recursive: true });
	await writeFile(target, OLD);
	const large = standardDataSets().find(({ name }) => name === 'Large, 100 MB');
	const { bytes, sha256 } = await servedFor(large?.id ?? '');
	const parts = () => readdirSync(folder).filter((name) => name.endsWith('.part'));
	const sizes = new Set<number>();
	const isThere = () => {
		const { size } = statSync(target);
		sizes.add(size);
		return size === bytes;
	};
	await stage.withWorkers(['own', 'ahead'], async (workers) => {
		const answer = stage.main.post('nightlyOnWorkers', {}).catch(() => undefined);
		await until(() => parts().some((name) => statSync(join(folder, name)).size > 2 ** 20));
		const busy = workers.find((worker) => jobsOf(worker) > 0);
		await busy?.kill();
		const [orphan = ''] = parts();
		expect(orphan).toMatch(/^\.sales\.csv\.\w+\.part$/);
		await until(isThere);
		expect([...sizes]).toEqual([OLD.length, bytes]);
		expect(await readBack(sandbox, { kind: 'sftp', path: 'nightly/sales.csv' })).toEqual({ bytes, sha256 });
		await answer;
		const old = new Date(Date.now() - 3 * HOURS);
		await utimes(join(folder, orphan), old, old);
		sandbox.domo.touch(large?.id ?? '', { updatedAt: new Date().toISOString() });
		const receipt = receiptOf(await stage.main.post('nightlyOnWorkers', {}));
		expect(receipt).toMatchObject({ bytes, sha256, orphansRemoved: [expect.stringContaining(orphan)] });
		expect(readdirSync(folder)).toEqual(['sales.csv']);
	});
});

test('a worker with an older version of the package refuses a node of a later one, and says where to install which', async () => {
	const { sandbox } = stage;
	const before = await everythingIn(sandbox);
	const asked = sandbox.domo.requests.length;
	const order = { dataSet: SMALL[0]?.id, file: 'later.csv' };
	await stage.withWorkers(['own'], async ([worker]) => {
		await stage.main.post('later', order);
		await until(() => /Node Version: this node has version 1\.2/.test(worker?.log() ?? ''));
	});
	expect(await everythingIn(sandbox)).toEqual(before);
	expect(sandbox.domo.requests.length).toBe(asked);
	await stage.withWorkers(['ahead'], async () => {
		expect(receiptOf(await stage.main.post('later', order))).toMatchObject({ verification: 'verified' });
	});
});

interface Written {
	readonly target: string;
}

function receiptOf(answer: unknown): Written {
	if (typeof answer === 'object' && answer !== null && 'target' in answer) return answer as Written;
	throw new Error(`n8n answered ${JSON.stringify(answer)}`);
}

const jobsOf = (worker: Worker) => worker.log().match(/Worker started execution/g)?.length ?? 0;

/** n8n takes about a minute to notice that a worker is gone. */
async function until(isSo: () => boolean): Promise<void> {
	const deadline = Date.now() + 180_000;
	while (!isSo()) {
		if (Date.now() > deadline) throw new Error('It did not come to that');
		await sleep(5);
	}
}
