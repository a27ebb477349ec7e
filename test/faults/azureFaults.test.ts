import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../sandbox/domo/dataSets';
import { digest } from '../../sandbox/domo/domo';
import { type BlobFault, type FaultyBlobService, startFaultyBlobService } from '../../sandbox/faultyBlobService';
import { type Bench, byId, receiptOf, startBench } from '../nodes/DomoWriteback/bench';
import type { Place } from '../nodes/DomoWriteback/places';
import { shownOf } from '../nodes/DomoWriteback/secrets';

/** Two blocks, and one that is sent in a single request. */
const LARGE = dataSets.large({ bytes: 2_000_000, name: 'Two blocks of 1 MiB' });
const SMALL = dataSets.oneRow();

const PAGE = '<!DOCTYPE html><html><body>Bad gateway for ?sig=abc</body></html>';
const PASSING: ReadonlyArray<readonly [what: string, fault: BlobFault]> = [
	['a request timeout (408)', { status: 408 }],
	['too many requests (429) with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
	['an internal error (500)', { status: 500, headers: { 'x-ms-error-code': 'InternalError' } }],
	["a proxy's page (502)", { status: 502, headers: { 'content-type': 'text/html' }, body: PAGE }],
	['a busy server (503)', { status: 503, headers: { 'x-ms-error-code': 'ServerBusy' } }],
	['a gateway timeout (504)', { status: 504 }],
	['a reset connection', 'reset'],
	['a lost reply', 'replyLost'],
	['silence', 'silence'],
];
const REQUESTS = ['GET properties', 'PUT block', 'GET blocklist', 'PUT blocklist'] as const;

let bench: Bench;
let faulty: FaultyBlobService;
beforeAll(async () => {
	bench = await startBench([LARGE, SMALL]);
	faulty = await startFaultyBlobService(bench.azure.blobEndpoint);
}, 120_000);
afterAll(async () => {
	await faulty?.close();
	await bench?.close();
});

async function write(place: Place, dataSetId: string, more: IDataObject = {}) {
	const { blobEndpoint } = faulty;
	const engine = bench.engine({ azureBlobSasApi: { blobEndpoint } });
	const parameters = {
		...place.parameters,
		dataSet: byId(dataSetId),
		transfer: { maxTries: 1, idleTimeout: 3, blockSize: 1 },
		...more,
	};
	const outcome = await bench.run({ parameters, engine });
	expect(shownOf(outcome, engine)).toEqual([]);
	return outcome;
}

describe.each(PASSING)('after %s', (_, fault) => {
	test.each(REQUESTS)('%s is sent again, and the blob is complete', async (name) => {
		const place = await bench.place('azureBlob');
		faulty.fault((request) => (request.name === name && request.before === 0 ? fault : undefined));
		expect(receiptOf(await write(place, LARGE.id))).toMatchObject({ verification: 'verified', tries: 1 });
		const { bytes, sha256 } = await digest(LARGE);
		expect(await place.digest(`${LARGE.id}.csv`)).toEqual({ bytes, sha256 });
	});

	test('a small blob is sent again, and is complete', async () => {
		const place = await bench.place('azureBlob');
		faulty.fault((request) => (request.name === 'PUT blob' && request.before === 0 ? fault : undefined));
		expect(receiptOf(await write(place, SMALL.id))).toMatchObject({ verification: 'verified', tries: 1 });
		expect(await place.names()).toEqual([`${SMALL.id}.csv`]);
	});
});

test.each([409, 412])(
	'a publication whose reply was lost is recognised although its repetition meets %i',
	async (status) => {
		const place = await bench.place('azureBlob');
		const again = { status, headers: { 'x-ms-error-code': 'BlobAlreadyExists' } };
		faulty.fault(({ name, before }) => (name === 'PUT blocklist' ? (before === 0 ? 'replyLost' : again) : undefined));
		expect(receiptOf(await write(place, LARGE.id))).toMatchObject({ verification: 'verified' });
	},
);

test("another upload's blob is not taken for this one's", async () => {
	const place = await bench.place('azureBlob');
	faulty.fault(() => undefined);
	expect(receiptOf(await write(place, LARGE.id))).toMatchObject({ verification: 'verified' });
	faulty.fault(({ name }) => (name === 'PUT blocklist' ? { status: 409 } : undefined));
	expect((await write(place, LARGE.id)).run.error).toMatchObject({ type: 'targetRefused' });
});

test('a block that is stored as zeros is found by Verify Content, and the blob is written anew although Only If Changed is on', async () => {
	const place = await bench.place('azureBlob');
	let left = 1;
	faulty.fault(({ name, before }) =>
		name === 'PUT block' && before === 1 && left-- > 0 ? { stores: (body) => Buffer.alloc(body.length) } : undefined,
	);
	const publishing = { verifyContent: true, onlyIfChanged: true };
	const transfer = { maxTries: 2, idleTimeout: 5, blockSize: 1 };
	const receipt = receiptOf(await write(place, LARGE.id, { publishing, transfer }));
	expect(receipt).toMatchObject({ verification: 'verified', tries: 2 });
	const { bytes, sha256 } = await digest(LARGE);
	expect(await place.digest(`${LARGE.id}.csv`)).toEqual({ bytes, sha256 });
	expect(receiptOf(await write(place, LARGE.id, { publishing }))).toMatchObject({ skipped: 'unchanged' });
});
