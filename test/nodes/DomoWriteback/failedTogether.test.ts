import type { IDataObject } from 'n8n-workflow';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExecuteContext } from 'n8n-core';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { startFaultyBlobService } from '../../../sandbox/faultyBlobService';
import { type Bench, byId, startBench } from './bench';
import type { Place } from './places';

const DATA_SET = dataSets.large({ bytes: 1_000, name: 'Of many parts' });

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

/** Two items of one DataSet, each under a name of its own. */
const twoItems = ({ parameters }: Place, more: IDataObject = {}) => ({
	parameters: {
		...{ ...parameters, dataSet: byId(DATA_SET.id), selectFilename: 'filename', filename: '={{ $json.name }}' },
		...more,
	},
	items: [{ name: 'first' }, { name: 'second' }],
});

/** What n8n's log is warned of from now on. */
function watchLog() {
	const logged: string[] = [];
	const spy = jest
		.spyOn(ExecuteContext.prototype.logger, 'warn')
		.mockImplementation((text) => void logged.push(String(text)));
	return { logged, spy };
}

test("where another item fails first, n8n's log says which files of a set are published", async () => {
	const faulty = await startFaultyBlobService(bench.azure.blobEndpoint);
	const moments = new EventTarget();
	const [begun, failed] = [once(moments, 'begun'), once(moments, 'failed')];
	faulty.fault(async ({ name, path, before }) => {
		if (name === 'PUT blob' && before === 0) moments.dispatchEvent(new Event('begun'));
		if (name === 'PUT blob' && before === 1) {
			await failed;
			return { status: 409, headers: { 'x-ms-error-code': 'BlobImmutableDueToPolicy' } };
		}
		if (name !== 'GET properties' || !path.includes('second')) return undefined;
		await begun;
		setTimeout(() => moments.dispatchEvent(new Event('failed')), 200);
		return { status: 403, headers: { 'x-ms-error-code': 'AuthenticationFailed' } };
	});
	const { logged, spy } = watchLog();
	try {
		const place = await bench.place('azureBlob');
		const { run } = await bench.run({
			...twoItems(place, { fileFormat: { splitRows: 2 } }),
			engine: bench.engine({ azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } }),
		});
		expect(run.error).toMatchObject({ type: 'destinationLogin' });
		expect(logged).toEqual([
			expect.stringMatching(
				/^Domo Writeback, item 0, after another item failed: .*Already published, each of them complete: first-\d+\.csv\. Not/,
			),
		]);
	} finally {
		spy.mockRestore();
		await faulty.close();
	}
}, 60_000);

test("where the user stops several items, n8n's log names no item that failed before them", async () => {
	const stop = new AbortController();
	const faulty = await startFaultyBlobService(bench.azure.blobEndpoint);
	faulty.fault(({ name, before }) => {
		if (name !== 'PUT blob') return undefined;
		if (before === 1) setTimeout(() => stop.abort(), 100);
		return 'silence';
	});
	const { logged, spy } = watchLog();
	try {
		const place = await bench.place('azureBlob');
		const { run } = await bench.run({
			...twoItems(place),
			engine: bench.engine({ azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } }),
			signal: stop.signal,
		});
		expect(run.status).toBe('canceled');
		for (let tries = 0; logged.length === 0 && tries < 100; tries++) await sleep(100);
		expect(logged).toEqual([expect.stringMatching(/^Domo Writeback, item [01]: /)]);
	} finally {
		spy.mockRestore();
		await faulty.close();
	}
}, 60_000);
