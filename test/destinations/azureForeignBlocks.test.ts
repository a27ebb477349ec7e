import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { openAzureBlob } from '../../core/destinations/azureBlob/destination';
import type { Target } from '../../core/destinations/destination';
import type { Azurite } from '../../sandbox/azurite';
import type { FaultyBlobService } from '../../sandbox/faultyBlobService';
import { azureFieldsOf } from '../fields';
import { targetOf } from '../target';
import { type FaultyAzurite, startFaultyAzurite } from './faultyAzurite';

const CONTAINER = 'exports';
const MEBIBYTE = 1024 * 1024;

let azurite: Azurite;
let faulty: FaultyBlobService;
let close: FaultyAzurite['close'];
beforeAll(async () => {
	({ azurite, faulty, close } = await startFaultyAzurite(CONTAINER));
});
afterAll(async () => await close?.());
beforeEach(() => faulty.fault(() => undefined));

const fresh = (wish: Parameters<typeof targetOf>[0] = {}): Target =>
	targetOf({ fileName: `${randomBytes(6).toString('hex')}.csv`, ...wish });
const blobOf = ({ fileName }: Target) => azurite.service.getContainerClient(CONTAINER).getBlockBlobClient(fileName);

/** Another tool that was killed: its blocks wait under the name. */
async function leave(target: Target, idBytes: number, blocks = 1): Promise<void> {
	for (let block = 0; block < blocks; block++) {
		const id = Buffer.alloc(idBytes, block).toString('base64');
		await blobOf(target).stageBlock(id, 'foreign', 7);
	}
}

async function open(target: Target, permissions: string) {
	const fields = azureFieldsOf(azurite, CONTAINER, azurite.accountSas({ permissions }));
	const staging = { blockBytes: MEBIBYTE, concurrency: 16 };
	const destination = openAzureBlob({ ...fields, blobEndpoint: faulty.blobEndpoint, staging });
	return await destination.openUpload(target, new AbortController().signal);
}

async function put(target: Target, data: Buffer, permissions = 'rwc'): Promise<void> {
	const upload = await open(target, permissions);
	expect(await upload.write(Readable.from([data]))).toBe(data.length);
	await upload.commit();
}

// AzCopy and the SDKs have 36 or 48 bytes; numbers and padded numbers are what scripts make.
describe.each([1, 2, 3, 4, 6, 7, 8, 16, 30, 31, 32, 36, 48, 64])('beside blocks with IDs of %i bytes', (idBytes) => {
	test.each(['rwc', 'wc'])(
		'a large blob is written with a SAS that has %s, and the target is as it was until then',
		async (permissions) => {
			const [target, data] = [fresh(), randomBytes(5 * MEBIBYTE)];
			await blobOf(target).upload('old', 3);
			await leave(target, idBytes, Math.min(3, idBytes + 1));
			const upload = await open(target, permissions);
			await upload.write(Readable.from([data]));
			expect(String(await blobOf(target).downloadToBuffer())).toBe('old');
			await upload.commit();
			expect(data.equals(await blobOf(target).downloadToBuffer())).toBe(true);
			const { uncommittedBlocks } = await blobOf(target).getBlockList('uncommitted');
			expect(uncommittedBlocks ?? []).toEqual([]);
		},
	);
});

test('a small blob needs no blocks', async () => {
	const target = fresh();
	await leave(target, 48);
	await put(target, Buffer.from('small'));
	expect(String(await blobOf(target).downloadToBuffer())).toBe('small');
});

test('two uploads beside the same blocks do not mix', async () => {
	const target = fresh();
	await leave(target, 4);
	const candidates = [randomBytes(3 * MEBIBYTE), randomBytes(3 * MEBIBYTE)];
	const results = await Promise.allSettled(candidates.map(async (data) => await put(target, data)));
	expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
	const held = await blobOf(target).downloadToBuffer();
	expect(candidates.some((data) => data.equals(held))).toBe(true);
});

test('IDs of one byte are too few for many blocks, and the message has the way out', async () => {
	const target = fresh();
	await leave(target, 1, 255);
	await expect(put(target, randomBytes(3 * MEBIBYTE))).rejects.toMatchObject({
		reason: 'targetRefused',
		message: expect.stringContaining('too short'),
		hint: expect.stringContaining("Change 'Filename'"),
	});
});

test('with IDs so short that another tool may take the same ones, the blob is read back', async () => {
	let reads = 0;
	faulty.fault(({ name }) => {
		if (name === 'GET blob') reads++;
		return undefined;
	});
	const target = fresh();
	await leave(target, 2);
	await put(target, randomBytes(3 * MEBIBYTE));
	expect(reads).toBe(3);
});

/** As Azure itself answers to a block; Azurite does not. */
const honest = () =>
	faulty.fault(({ name }) =>
		name === 'PUT block'
			? { tells: (body) => ({ 'content-md5': createHash('md5').update(body).digest('base64') }) }
			: undefined,
	);

test('where the blob cannot be read back then, its content counts as verified for no checksum, and a note says so', async () => {
	honest();
	const target = fresh({ attributes: { asOf: new Date('2026-01-01'), rows: 1 } });
	await leave(target, 2);
	const upload = await open(target, 'wc');
	await upload.write(Readable.from([randomBytes(5 * MEBIBYTE)]));
	const { uncommittedBlocks = [] } = await blobOf(target).getBlockList('uncommitted');
	const own = uncommittedBlocks.find(({ size }) => size === MEBIBYTE);
	await blobOf(target).stageBlock(own?.name ?? '', 'foreign', 7);
	await upload.commit();
	expect(upload.result()).toEqual({
		removed: [],
		notes: [expect.stringContaining('may have replaced some')],
		verifiedBy: 'size',
	});
	// Only If Changed writes it again.
	const { metadata = {} } = await blobOf(target).getProperties();
	expect(Object.keys(metadata).sort()).toEqual(['domodatasetid', 'domowritebackrun']);
});

test.each([
	['wc', {}],
	['rwc', { accessTier: 'Archive' }],
] as const)(
	'with Verify Content, a SAS that has %s and %j it is refused before it is published',
	async (permissions, attributes) => {
		honest();
		const target = fresh({ verifyContent: true, attributes });
		await leave(target, 2);
		const upload = await open(target, permissions);
		await expect(upload.write(Readable.from([randomBytes(5 * MEBIBYTE)]))).rejects.toMatchObject({
			reason: 'setting',
			message: expect.stringMatching(/^Verify Content: another tool/),
		});
		expect(await blobOf(target).exists()).toBe(false);
	},
);

test('without blocks under the name, the refusal is another upload', async () => {
	const refused = { status: 400, headers: { 'x-ms-error-code': 'InvalidBlobOrBlock' } };
	faulty.fault(({ name }) => (name === 'PUT block' ? refused : undefined));
	await expect(put(fresh(), randomBytes(3 * MEBIBYTE))).rejects.toMatchObject({ reason: 'destinationInterrupted' });
});

test('nothing more is asked where there are no such blocks', async () => {
	const asked: string[] = [];
	faulty.fault(({ name }) => void asked.push(name));
	await put(fresh(), randomBytes(2 * MEBIBYTE));
	expect(asked.sort()).toEqual(['GET blocklist', 'GET properties', 'PUT block', 'PUT block', 'PUT blocklist']);
});
