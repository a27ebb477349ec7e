import { startAzurite } from '../../sandbox/azurite';
import type { Azurite } from '../../sandbox/azurite';

let azurite: Azurite;

beforeAll(async () => {
	azurite = await startAzurite();
	await azurite.createContainer('exports');
});

afterAll(async () => azurite?.close());

const put = async (sas: string, container = 'exports') =>
	fetch(`${azurite.blobEndpoint}/${container}/a.csv?${sas}`, {
		method: 'PUT',
		headers: { 'x-ms-blob-type': 'BlockBlob' },
		body: 'a,b\n',
	}).then(({ status }) => status);

test('an account SAS and a container SAS write a blob that the owner reads', async () => {
	for (const sas of [azurite.accountSas(), azurite.containerSas('exports')]) {
		expect(await put(sas)).toBe(201);
		const blob = azurite.service.getContainerClient('exports').getBlobClient('a.csv');
		expect(String(await blob.downloadToBuffer())).toBe('a,b\n');
		await blob.delete();
	}
});

test.each([
	['that expired', () => azurite.accountSas({ startsInMs: -120_000, expiresInMs: -60_000 }), 403],
	['that does not hold yet', () => azurite.accountSas({ startsInMs: 600_000 }), 403],
	['without write permission', () => azurite.accountSas({ permissions: 'rl' }), 403],
	['without the object type', () => azurite.accountSas({ resourceTypes: 's' }), 403],
	['for another service', () => azurite.accountSas({ services: 'q' }), 403],
	['for https only', () => azurite.accountSas({ httpsOnly: true }), 403],
	['for another container', () => azurite.containerSas('other'), 403],
	['for reading a container', () => azurite.containerSas('exports', { permissions: 'r' }), 403],
])('refuses a SAS token %s', async (_, sas, status) => {
	expect(await put(sas())).toBe(status);
});

test('keeps blobs on disk when asked', async () => {
	const onDisk = await startAzurite({ onDisk: true, accountName: 'other' });
	await onDisk.createContainer('exports');
	const blob = onDisk.service.getContainerClient('exports').getBlockBlobClient('b.csv');
	await blob.uploadData(Buffer.alloc(9_000_000, 'x'), { blockSize: 4_000_000, maxSingleShotSize: 1 });
	expect((await blob.getProperties()).contentLength).toBe(9_000_000);
	await onDisk.close();
	await expect(fetch(onDisk.blobEndpoint)).rejects.toThrow();
});
