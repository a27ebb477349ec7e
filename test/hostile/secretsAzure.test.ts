import * as dataSets from '../../sandbox/domo/dataSets';
import { allSpellings } from './spellings';
import { type FaultyBlobService, startFaultyBlobService } from '../../sandbox/faultyBlobService';
import { type Bench, startBench } from '../nodes/DomoWriteback/bench';
import { aftermathOf, readableAfter } from './secretsScene';

const DATA_SET = dataSets.oneRow();

interface Said {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

let bench: Bench;
let service: FaultyBlobService;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
	service = await startFaultyBlobService(bench.azure.blobEndpoint);
}, 120_000);
afterAll(async () => {
	await service?.close();
	await bench?.close();
});

/** Runs the node against a blob service that answers with this; what can be read of the signature must be nothing. */
async function run(fault: (signature: string, sas: string) => Said) {
	const sasToken = bench.azure.accountSas();
	const [, signature = ''] = /sig=([^&]+)/.exec(sasToken) ?? [];
	const decoded = decodeURIComponent(signature);
	service.fault(() => fault(decoded, sasToken));
	const { parameters } = await bench.place('azureBlob');
	const aftermath = await aftermathOf(bench, {
		parameters: { ...parameters, transfer: { maxTries: 1, idleTimeout: 5 } },
		dataSetId: DATA_SET.id,
		typed: { azureBlobSasApi: { sasToken, blobEndpoint: service.blobEndpoint } },
	});
	expect(aftermath.message).not.toBe('');
	for (const secret of [decoded, sasToken]) expect(readableAfter(aftermath, secret)).toEqual([]);
	return aftermath;
}

const XML = { 'content-type': 'application/xml' };

const xml = (code: string, message: string) =>
	`<?xml version="1.0"?><Error><Code>${code.replace(/[<&]/g, '')}</Code><Message>${message.replace(/[<&]/g, '')}</Message></Error>`;

it.each([400, 401, 403, 404, 409, 412])(
	'a refusal with status %i that repeats the SAS shows nothing of it',
	async (status) => {
		for (const where of ['header', 'body'] as const) {
			await run((signature, sas): Said => {
				if (where === 'body') return { status, headers: XML, body: xml(signature, sas) };
				return { status, headers: { 'x-ms-error-code': signature, 'x-ms-request-id': encodeURIComponent(sas) } };
			});
		}
	},
);

it('a code in any spelling of the signature shows nothing of it', async () => {
	const count = allSpellings('x').length;
	for (let at = 0; at < count; at++) {
		await run((signature) => {
			const code = (allSpellings(signature)[at] ?? '').replace(/[^\x20-\x7e]/g, '-');
			return { status: 400, headers: { 'x-ms-error-code': code } };
		});
	}
});

it('a code that is a word stays', async () => {
	const { message } = await run(() => ({ status: 400, headers: { 'x-ms-error-code': 'SomethingNew' } }));
	expect(message).toContain('status 400, SomethingNew');
});
