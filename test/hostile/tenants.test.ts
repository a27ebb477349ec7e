import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../sandbox/domo/dataSets';
import { type Bench, byId, type Outcome, receiptOf, startBench } from '../nodes/DomoWriteback/bench';
import type { Kind } from '../nodes/DomoWriteback/places';
import { BOUNDS, expectWithinBounds, measure } from './bounds';
import { type SilentBlobs, startSilentBlobs } from './silentBlobs';

const MIB = 1024 * 1024;
const LARGE = dataSets.large({ bytes: 200 * MIB, name: 'Never taken' });
const MEDIUM = dataSets.large({ bytes: 24 * MIB, name: 'Somebody else’s' });
/** Goes up in a single request. */
const SMALL = dataSets.large({ bytes: 4 * MIB - 4096, name: 'Small' });
const ROW = dataSets.oneRow({ name: 'One row' });

/** The most that a workflow may ask for. */
const MOST_IDLE = 3600;

/** Domo's double makes its exports in this process. */
const WITH_SERVERS = { ...BOUNDS, stalledMs: 1000 };

let bench: Bench;
let silent: SilentBlobs;
beforeAll(async () => {
	bench = await startBench([LARGE, MEDIUM, SMALL, ROW]);
	silent = await startSilentBlobs();
}, 120_000);
afterAll(async () => {
	await silent?.close();
	await bench?.close();
});

/** Executions that write to an Azure that never answers, for as long as they may. */
interface Hogs {
	/** Stops them; resolves when they are over. */
	stop(): Promise<void>;
}

async function startHogs(executions: number, dataSet: { readonly id: string }, items = 3): Promise<Hogs> {
	const stop = new AbortController();
	const engine = bench.engine({ azureBlobSasApi: { blobEndpoint: silent.blobEndpoint } });
	const place = await bench.place('azureBlob');
	const before = silent.waiting();
	const running = Array.from({ length: executions }, async () => {
		return await bench.run({
			parameters: {
				...place.parameters,
				dataSet: byId(dataSet.id),
				selectFilename: 'filename',
				filename: '={{ $json.file }}',
				transfer: { idleTimeout: MOST_IDLE, itemsAtOnce: 16, concurrency: 12 },
			},
			items: Array.from({ length: items }, (_, item) => ({ file: `hog-${item}` })),
			engine,
			signal: stop.signal,
		});
	});
	while (silent.waiting() < before + executions * items) await sleep(20);
	// All they can get.
	for (let seen = -1; seen !== silent.waiting(); await sleep(300)) seen = silent.waiting();
	return {
		stop: async () => {
			stop.abort();
			silent.drop();
			await Promise.allSettled(running);
		},
	};
}

async function write(kind: Kind, { id }: { readonly id: string }, transfer: IDataObject = {}): Promise<Outcome> {
	const place = await bench.place(kind);
	return await bench.run({ parameters: { ...place.parameters, dataSet: byId(id), transfer } });
}

describe.each([
	['one execution of three items that are never answered', 1, LARGE, 3],
	['six executions of three items that are never answered', 6, LARGE, 3],
	['three executions of sixteen small items that are never answered', 3, SMALL, 16],
])('beside %s', (_, executions, dataSet, items) => {
	let hogs: Hogs;
	beforeAll(async () => {
		hogs = await startHogs(executions, dataSet, items);
	}, 30_000);
	afterAll(async () => await hogs?.stop(), 30_000);

	test.each(['sftp', 'azureBlob'] as const)('one row goes to %s at once', async (kind) => {
		const { ms, ...outcome } = await write(kind, ROW);
		expect(receiptOf({ ms, ...outcome })).toMatchObject({ verification: 'verified' });
		expect(ms).toBeLessThan(2000);
	});

	test.each(['sftp', 'azureBlob'] as const)(
		'24 MiB go to %s in seconds',
		async (kind) => {
			const measured = await measure(async () => await write(kind, MEDIUM));
			if (measured.outcome instanceof Error) throw measured.outcome;
			expect(receiptOf(measured.outcome)).toMatchObject({ verification: 'verified', bytes: MEDIUM.bytes, tries: 1 });
			expect(measured.outcome.ms).toBeLessThan(8000);
			expectWithinBounds(measured, WITH_SERVERS);
		},
		30_000,
	);
});

test('executions that are never answered hold no more than the process lends, and nothing once they are stopped', async () => {
	const measured = await measure(async () => {
		const hogs = await startHogs(4, LARGE, 16);
		await hogs.stop();
	});
	expectWithinBounds(measured, WITH_SERVERS);
	// 128 MiB, half a MiB for each of 64 uploads, and what reads their exports.
	expect(measured.peakMiB).toBeLessThan(300);
}, 60_000);

test('items of the same execution that are never answered do not keep its other items waiting', async () => {
	const place = await bench.place('azureBlob');
	const stop = new AbortController();
	const [hung, good] = [silent.blobEndpoint, bench.azure.blobEndpoint];
	const engine = bench.engine({ azureBlobSasApi: { blobEndpoint: '={{ $json.endpoint }}' } });
	const items = [hung, hung, hung, good].map((endpoint, item) => ({ endpoint, file: `item-${item}` }));
	const running = bench.run({
		parameters: {
			...place.parameters,
			dataSet: byId(MEDIUM.id),
			selectFilename: 'filename',
			filename: '={{ $json.file }}',
			transfer: { idleTimeout: MOST_IDLE, itemsAtOnce: 4, concurrency: 12 },
		},
		items,
		engine,
		signal: stop.signal,
	});
	try {
		const until = performance.now() + 8000;
		while (!(await place.names()).includes('item-3.csv')) {
			expect(performance.now()).toBeLessThan(until);
			await sleep(50);
		}
	} finally {
		stop.abort();
		await running.catch(() => undefined);
	}
}, 30_000);
