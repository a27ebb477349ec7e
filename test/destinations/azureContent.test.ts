import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { openAzureBlob } from '../../core/destinations/azureBlob/destination';
import { CommitOutcomeUnknown, type Target, type UploadResult } from '../../core/destinations/destination';
import type { Azurite } from '../../sandbox/azurite';
import type { BlobFault, FaultyBlobService } from '../../sandbox/faultyBlobService';
import { azureFieldsOf } from '../fields';
import { targetOf } from '../target';
import { type FaultyAzurite, startFaultyAzurite } from './faultyAzurite';

const CONTAINER = 'exports';
const MEBIBYTE = 1024 * 1024;
const never = (): AbortSignal => new AbortController().signal;

let azurite: Azurite;
let faulty: FaultyBlobService;
let close: FaultyAzurite['close'];
beforeAll(async () => {
	({ azurite, faulty, close } = await startFaultyAzurite(CONTAINER));
});
afterAll(async () => await close?.());
beforeEach(() => faulty.fault(() => undefined));

const fresh = (wish: Parameters<typeof targetOf>[0] = {}): Target =>
	targetOf({ fileName: `${randomBytes(6).toString('hex')}.csv`, verifyContent: true, ...wish });
const blobOf = ({ fileName }: Target) => azurite.service.getContainerClient(CONTAINER).getBlockBlobClient(fileName);
/** What Only If Changed compares, and what is left in the metadata where none of it is. */
const VERSION = { asOf: new Date('2026-01-01'), rows: 1 };
const UNMARKED = ['domodatasetid', 'domowritebackrun'];
const marksOf = async (target: Target) => Object.keys((await blobOf(target).getProperties()).metadata ?? {}).sort();
const md5Of = (data: Buffer): string => createHash('md5').update(data).digest('base64');

async function put(target: Target, data: Buffer, permissions = 'rwc', signal = never()): Promise<UploadResult> {
	const fields = azureFieldsOf(azurite, CONTAINER, azurite.accountSas({ permissions }));
	const staging = { blockBytes: MEBIBYTE, concurrency: 3 };
	const destination = openAzureBlob({ ...fields, blobEndpoint: faulty.blobEndpoint, staging, idleMs: 2_000 });
	try {
		const upload = await destination.openUpload(target, signal);
		await upload.write(Readable.from([data]));
		await upload.commit();
		return upload.result();
	} finally {
		await destination.close();
	}
}

/** What goes up in one request, and in blocks; and which request it is that stores something else. */
const WAYS = [
	['a single request', 1000, 'PUT blob'],
	['blocks', 5 * MEBIBYTE + 1, 'PUT block'],
] as const;
/** As Azure itself answers to a block; Azurite does not. */
const HONEST: BlobFault = { tells: (body) => ({ 'content-md5': md5Of(body) }) };
const zeros = (body: Buffer): Buffer => Buffer.alloc(body.length);
const flipped = (body: Buffer): Buffer => {
	const other = Buffer.from(body);
	other[body.length - 1] = (other[body.length - 1] ?? 0) ^ 1;
	return other;
};

describe.each(WAYS)('in %s', (_, size, name) => {
	const nth = size > MEBIBYTE ? 3 : 0;
	const once = (fault: BlobFault) => {
		let left = 1;
		faulty.fault((request) => (request.name === name && request.before === nth && left-- > 0 ? fault : undefined));
	};

	test('Verify Content finds what was sent, and says so', async () => {
		const [target, data] = [fresh(), randomBytes(size)];
		expect(await put(target, data)).toEqual({ removed: [], notes: [], verifiedBy: 'content' });
		expect(data.equals(await blobOf(target).downloadToBuffer())).toBe(true);
	});

	test.each([
		['zeros', zeros],
		['one bit that is another', flipped],
	])('a service that stores %s and says that all is well is caught', async (_what, stores) => {
		once({ stores });
		const target = fresh({ attributes: VERSION });
		const fault: unknown = await put(target, randomBytes(size)).catch((reason: unknown) => reason);
		expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
		expect(fault).toMatchObject({ reason: 'incomplete', retryable: true });
		expect(fault).toMatchObject({ hint: expect.stringContaining('The target holds the damaged blob. Try again') });
		// Nothing says any more that it is the present data.
		expect(await marksOf(target)).toEqual(UNMARKED);
		const data = randomBytes(size);
		expect((await put(target, data)).verifiedBy).toBe('content');
		expect(data.equals(await blobOf(target).downloadToBuffer())).toBe(true);
	});

	test('a damaged blob under a name that was free is removed again', async () => {
		once({ stores: zeros });
		const target = fresh({ replace: false });
		await expect(put(target, randomBytes(size), 'rwcd')).rejects.toMatchObject({
			reason: 'incomplete',
			retryable: true,
			hint: expect.stringContaining('was removed'),
		});
		expect(await blobOf(target).exists()).toBe(false);
	});

	test.each([
		['removal', false, 'DELETE blob', 'was removed', undefined],
		['loss of its marks', true, 'PUT metadata', 'Try again to replace it', UNMARKED],
	])(
		'a damaged blob whose %s Azure answers with a broken line is dealt with once',
		async (_what, replace, asked, hint, marks) => {
			const target = fresh({ replace, attributes: VERSION });
			faulty.fault((request) => {
				if (request.name === name && request.before === nth) return { stores: zeros };
				return request.name === asked && request.before === 0 ? 'replyLost' : undefined;
			});
			await expect(put(target, randomBytes(size), 'rwcd')).rejects.toMatchObject({
				reason: 'incomplete',
				retryable: true,
				hint: expect.stringContaining(hint),
			});
			const isThere = await blobOf(target).exists();
			expect(isThere ? await marksOf(target) : undefined).toEqual(marks);
		},
	);

	test.each([
		[true, 'PUT metadata'],
		[false, 'DELETE blob'],
	])(
		'a damaged blob that another upload replaces before it is withdrawn is left to it (replace %s)',
		async (replace, asked) => {
			const target = fresh({ replace, attributes: VERSION });
			faulty.fault(async (request) => {
				if (request.name === name && request.before === nth) return { stores: zeros };
				if (request.name === asked) await blobOf(target).upload('other', 5);
				return undefined;
			});
			await expect(put(target, randomBytes(size), 'rwcd')).rejects.toMatchObject({
				reason: 'incomplete',
				retryable: true,
				hint: expect.stringContaining('Another program has replaced or removed the damaged blob'),
			});
			expect(String(await blobOf(target).downloadToBuffer())).toBe('other');
		},
	);

	test('a damaged blob that the SAS may not remove is not taken for a name that is taken, or for the present data', async () => {
		once({ stores: zeros });
		const target = fresh({ replace: false, attributes: VERSION });
		await expect(put(target, randomBytes(size), 'rwc')).rejects.toMatchObject({
			reason: 'incomplete',
			retryable: false,
			hint: expect.stringContaining('Delete it'),
		});
		expect(await marksOf(target)).toEqual(UNMARKED);
	});

	test('a checksum of something else is no success, also without Verify Content', async () => {
		once({ tells: () => ({ 'content-md5': md5Of(Buffer.from('something else')) }) });
		await expect(put(fresh({ verifyContent: false }), randomBytes(size))).rejects.toMatchObject({
			reason: 'incomplete',
			retryable: true,
		});
	});

	test('a blob that another upload replaces before it is read is no damage', async () => {
		const target = fresh();
		faulty.fault(async (request) => {
			if (request.name === 'GET blob' && request.before === 0) await blobOf(target).upload('other', 5);
			return undefined;
		});
		const { notes, verifiedBy } = await put(target, randomBytes(size));
		expect(notes).toEqual([expect.stringContaining('replaced the blob')]);
		expect(verifiedBy).toBe(size > MEBIBYTE ? 'size' : 'content');
		expect(String(await blobOf(target).downloadToBuffer())).toBe('other');
	});

	test('properties that change meanwhile are no other content', async () => {
		faulty.fault(({ name: asked, before }) => (asked === 'GET blob' && before === 0 ? { status: 412 } : undefined));
		expect((await put(fresh(), randomBytes(size))).verifiedBy).toBe('content');
	});

	test.each<[string, BlobFault]>([
		['a reset', 'reset'],
		['a lost reply', 'replyLost'],
		['a reply that is cut', 'replyCut'],
		['silence', 'silence'],
		['a busy server', { status: 503, headers: { 'x-ms-error-code': 'ServerBusy' } }],
	])('%s while it is read back passes', async (_what, fault) => {
		faulty.fault(({ name: asked, before }) => (asked === 'GET blob' && before === 0 ? fault : undefined));
		expect((await put(fresh(), randomBytes(size))).verifiedBy).toBe('content');
	});

	test.each([true, false])(
		'a blob that cannot be read back says that it is published, and not that it is the present data (replace %s)',
		async (replace) => {
			const denied = { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } };
			faulty.fault((request) => (request.name === 'GET blob' ? denied : undefined));
			const target = fresh({ replace, attributes: VERSION });
			const fault: unknown = await put(target, randomBytes(size)).catch((reason: unknown) => reason);
			expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
			expect(fault).toMatchObject({
				reason: 'destinationLogin',
				retryable: false,
				hint: expect.stringContaining('The target holds the new blob'),
			});
			expect(await marksOf(target)).toEqual(UNMARKED);
		},
	);

	test.each([true, false])(
		'a blob that cannot be read back and keeps its marks is to be deleted, and the next try replaces what may be replaced (replace %s)',
		async (replace) => {
			const away = { status: 503, headers: { 'retry-after': '3600' } };
			const denied = { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } };
			faulty.fault(({ name: asked }) => (asked === 'GET blob' ? away : asked === 'PUT metadata' ? denied : undefined));
			const target = fresh({ replace, attributes: VERSION });
			await expect(put(target, randomBytes(size))).rejects.toMatchObject({
				retryable: replace,
				hint: expect.stringMatching(/ Delete the blob first: 'Only If Changed' takes it for current\.$/),
			});
			expect((await marksOf(target)).length).toBeGreaterThan(UNMARKED.length);
		},
	);

	test('stopped while it is read back, it is compared all the same', async () => {
		const stop = new AbortController();
		faulty.fault((request) => {
			if (request.name === 'GET blob') stop.abort();
			return undefined;
		});
		expect((await put(fresh(), randomBytes(size), 'rwc', stop.signal)).verifiedBy).toBe('content');
	});

	test('stopped while it is read back, and Azure falls silent, the user soon hears that it is published', async () => {
		const stop = new AbortController();
		let stoppedAt = 0;
		faulty.fault((request) => {
			if (request.name !== 'GET blob') return undefined;
			if (stoppedAt === 0) stoppedAt = performance.now();
			stop.abort();
			return 'silence';
		});
		const fault: unknown = await put(fresh(), randomBytes(size), 'rwc', stop.signal).catch((reason: unknown) => reason);
		expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
		expect(fault).toMatchObject({ hint: expect.stringContaining('holds the new blob') });
		expect(performance.now() - stoppedAt).toBeLessThan(8_000);
	}, 20_000);

	test('with a SAS that may not read, or in the archive, the checksums of Azure do', async () => {
		faulty.fault((request) => (request.name === 'PUT block' ? HONEST : undefined));
		expect((await put(fresh(), randomBytes(size), 'wc')).verifiedBy).toBe('content');
		const archived = fresh({ attributes: { accessTier: 'Archive' } });
		expect((await put(archived, randomBytes(size))).verifiedBy).toBe('content');
	});

	test.each([
		['a SAS that may not read', 'wc', {}],
		['the archive', 'rwc', { accessTier: 'Archive' }],
	] as const)('with %s and without checksums it is no success', async (_what, permissions, attributes) => {
		const target = fresh({ attributes: { ...VERSION, ...attributes } });
		// Azure changes nothing of a blob in the archive; Azurite does.
		const archived = { status: 409, headers: { 'x-ms-error-code': 'BlobArchived' } };
		faulty.fault((request) => {
			if (request.name === 'PUT metadata' && permissions === 'rwc') return archived;
			return request.name === name ? { tells: () => ({ 'content-md5': undefined }) } : undefined;
		});
		const isPublished = size < MEBIBYTE;
		const fault: unknown = await put(target, randomBytes(size), permissions).catch((reason: unknown) => reason);
		expect(fault).toMatchObject(
			isPublished
				? { reason: 'targetRefused', retryable: false, hint: expect.stringContaining('The target holds the new blob') }
				: { reason: 'setting', message: expect.stringMatching(/^Verify Content: /) },
		);
		expect(fault instanceof CommitOutcomeUnknown).toBe(isPublished);
		expect(await blobOf(target).exists()).toBe(isPublished);
		if (isPublished && permissions === 'wc') expect(await marksOf(target)).toEqual(UNMARKED);
		else if (isPublished) expect(fault).toMatchObject({ hint: expect.stringMatching(/ Delete the blob first: .*\.$/) });
	});

	test('a SAS that may not read takes the marks from a damaged blob too', async () => {
		once({ tells: () => ({ 'content-md5': md5Of(Buffer.from('something else')) }) });
		const target = fresh({ verifyContent: false, attributes: VERSION });
		const fault: unknown = await put(target, randomBytes(size), 'wc').catch((reason: unknown) => reason);
		expect(fault).toMatchObject({ reason: 'incomplete', retryable: true });
		if (await blobOf(target).exists()) expect(await marksOf(target)).toEqual(UNMARKED);
	});
});

test('an empty blob is verified', async () => {
	expect((await put(fresh(), Buffer.alloc(0))).verifiedBy).toBe('content');
});

test('bytes too many are found, too', async () => {
	faulty.fault(({ name }) => (name === 'PUT blob' ? { stores: (body) => Buffer.concat([body, body]) } : undefined));
	await expect(put(fresh(), Buffer.from('sent'))).rejects.toMatchObject({ reason: 'incomplete' });
});

describe('without Verify Content', () => {
	const plain = () => fresh({ verifyContent: false });

	test('the receipt says content where Azure told the checksum of every block', async () => {
		expect((await put(plain(), randomBytes(1000))).verifiedBy).toBe('content');
		faulty.fault((request) => (request.name === 'PUT block' ? HONEST : undefined));
		expect((await put(plain(), randomBytes(3 * MEBIBYTE))).verifiedBy).toBe('content');
	});

	test('it says size where one block lacks it', async () => {
		faulty.fault(({ name, before }) => (name === 'PUT block' && before > 0 ? HONEST : undefined));
		expect((await put(plain(), randomBytes(3 * MEBIBYTE))).verifiedBy).toBe('size');
	});

	test('the size of a small blob is looked at where Azure tells no checksum', async () => {
		faulty.fault(({ name }) => (name === 'PUT blob' ? { stores: (body) => body.subarray(1) } : undefined));
		await expect(put(plain(), randomBytes(1000))).rejects.toMatchObject({ reason: 'incomplete' });
		faulty.fault(({ name }) => (name === 'PUT blob' ? { stores: zeros } : undefined));
		expect((await put(plain(), randomBytes(1000))).verifiedBy).toBe('size');
	});

	test('a look at the size that is refused leaves it at what Azure has taken', async () => {
		faulty.fault(({ name, before }) => {
			if (name === 'PUT blob') return { tells: () => ({ 'content-md5': undefined }) };
			return name === 'GET properties' && before > 0 ? { status: 403 } : undefined;
		});
		expect(await put(plain(), randomBytes(1000))).toEqual({ removed: [], notes: [], verifiedBy: 'size' });
	});

	test('nothing is read back', async () => {
		faulty.fault(({ name }) => (name === 'GET blob' ? { status: 418 } : undefined));
		expect((await put(plain(), randomBytes(3 * MEBIBYTE))).verifiedBy).toBe('size');
	});
});
