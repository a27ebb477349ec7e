import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { generateBlobSASQueryParameters, StorageSharedKeyCredential } from '@azure/storage-blob';
import { openAzureBlob } from '../../core/destinations/azureBlob/destination';
import { CommitOutcomeUnknown, type Destination, type Target } from '../../core/destinations/destination';
import type { Azurite } from '../../sandbox/azurite';
import type { FaultyBlobService } from '../../sandbox/faultyBlobService';
import { azureFieldsOf } from '../fields';
import { targetOf } from '../target';
import { type FaultyAzurite, startFaultyAzurite } from './faultyAzurite';

const CONTAINER = 'exports';
const never = (): AbortSignal => new AbortController().signal;

let azurite: Azurite;
let faulty: FaultyBlobService;
let close: FaultyAzurite['close'];
beforeAll(async () => {
	({ azurite, faulty, close } = await startFaultyAzurite(CONTAINER));
});
afterAll(async () => await close?.());
afterEach(() => faulty.fault(() => undefined));

/** The container through the faulty service, with these letters of `sp`. */
function opened(permissions = 'rwc'): Destination {
	const fields = azureFieldsOf(azurite, CONTAINER, azurite.accountSas({ permissions }));
	return openAzureBlob({ ...fields, blobEndpoint: faulty.blobEndpoint });
}

/** A name that is free. */
const fresh = (wish: Parameters<typeof targetOf>[0] = {}): Target =>
	targetOf({ fileName: `${randomBytes(6).toString('hex')}.csv`, replace: false, ...wish });

const blobOf = ({ fileName }: Target) => azurite.service.getContainerClient(CONTAINER).getBlockBlobClient(fileName);

async function put(destination: Destination, target: Target, data: Buffer): Promise<void> {
	const upload = await destination.openUpload(target, never());
	await upload.write(Readable.from([data]));
	await upload.commit();
}

/** What goes up in one request, and what goes up in blocks. */
const WAYS = [
	['a single request', 1000, 'PUT blob'],
	['a block list', 9_000_000, 'PUT blocklist'],
] as const;

/** Azure's word to a SAS with Create alone for a blob that is there already. */
const NO_OVERWRITE = { status: 403, headers: { 'x-ms-error-code': 'UnauthorizedBlobOverwrite' } };

describe.each(WAYS)('published without replacing anything by %s', (_, size, name) => {
	it.each([1, 2])(
		'with the answer lost %i times, it is published and not taken for a name that is taken',
		async (times) => {
			faulty.fault((request) => (request.name === name && request.before < times ? 'replyLost' : undefined));
			const target = fresh();
			const data = randomBytes(size);
			await put(opened(), target, data);
			expect(data.equals(await blobOf(target).downloadToBuffer())).toBe(true);
		},
	);

	it('with the answer lost and a SAS that may not read, nobody claims that the name was taken', async () => {
		faulty.fault((request) => (request.name === name && request.before === 0 ? 'replyLost' : undefined));
		await expect(put(opened('wc'), fresh(), randomBytes(size))).rejects.toMatchObject({
			reason: 'destinationInterrupted',
			retryable: false,
			hint: expect.stringContaining('It may be the new one'),
		});
	});

	it.each([
		['wc', true, 'BlobImmutableDueToPolicy', 409, 'targetRefused'],
		['wc', true, 'UnauthorizedBlobOverwrite', 403, 'destinationLogin'],
		['wc', false, 'SomethingNew', 409, 'targetRefused'],
		['rwc', true, 'AuthenticationFailed', 403, 'destinationLogin'],
	])(
		'with the answer lost and a SAS that has %s, a repetition (replace %s) that meets %s does not claim that the target is unchanged',
		async (permissions, replace, code, status, reason) => {
			let isLost = false;
			faulty.fault((request) => {
				if (isLost) return { status, headers: { 'x-ms-error-code': code } };
				isLost = request.name === name;
				return isLost ? 'replyLost' : undefined;
			});
			const target = fresh({ replace });
			const fault: unknown = await put(opened(permissions), target, randomBytes(size)).catch((cause: unknown) => cause);
			expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
			expect(fault).toMatchObject({ reason, retryable: false });
			expect(fault).toMatchObject({ hint: expect.stringContaining('may already hold the new blob') });
			expect(fault).toMatchObject({ hint: expect.not.stringContaining('is unchanged') });
			expect(await blobOf(target).exists()).toBe(true);
		},
	);

	it('with the answer lost and the look afterwards failing, nobody claims that the name was taken', async () => {
		faulty.fault((request) => {
			if (request.name === name && request.before === 0) return 'replyLost';
			return request.name === 'GET properties' && request.before > 0 ? { status: 403 } : undefined;
		});
		await expect(put(opened(), fresh(), randomBytes(size))).rejects.toMatchObject({
			reason: 'destinationInterrupted',
			retryable: false,
		});
	});

	it('with a SAS that may not read, a name that is taken is noticed when it is published', async () => {
		const target = fresh();
		await blobOf(target).upload('old', 3);
		await expect(put(opened('wc'), target, randomBytes(size))).rejects.toMatchObject({
			reason: 'targetExists',
			message: expect.stringContaining(`Blob ${target.fileName} already exists`),
		});
		expect(String(await blobOf(target).downloadToBuffer())).toBe('old');
	});

	it.each([
		['a blob that is to be replaced is one that the SAS may not replace', true, 'destinationLogin'],
		['a blob that is to be kept has the name', false, 'targetExists'],
	])('where Azure refuses to write over it, %s', async (_, replace, reason) => {
		faulty.fault((request) => (request.name === name ? NO_OVERWRITE : undefined));
		await expect(put(opened('wc'), fresh({ replace }), randomBytes(size))).rejects.toMatchObject({ reason });
	});

	it.each(['Hot', 'Cool', 'Cold', 'Archive'] as const)('it gets the access tier %s', async (accessTier) => {
		const target = fresh({ attributes: { accessTier } });
		await put(opened(), target, randomBytes(size));
		expect((await blobOf(target).getProperties()).accessTier).toBe(accessTier);
	});

	it.each([
		['InvalidMetadata', 400, 'setting', 'Metadata'],
		['InvalidHeaderValue', 400, 'targetRefused', 'Access Tier'],
		['BlobAccessTierNotSupportedForAccountType', 400, 'setting', 'Access Tier'],
		['AuthorizationPermissionMismatch', 403, 'destinationLogin', 'Tags'],
		['LeaseIdMissing', 412, 'targetRefused', 'lease'],
	])('a refusal %s keeps its own reason', async (code, status, reason, hint) => {
		const answer = { status, headers: { 'x-ms-error-code': code } };
		faulty.fault((request) => (request.name === name ? answer : undefined));
		await expect(put(opened(), fresh(), randomBytes(size))).rejects.toMatchObject({
			reason,
			hint: expect.stringContaining(hint),
		});
	});
});

it('a name that is taken is one, too, where Azure says so of the first block', async () => {
	faulty.fault(({ name }) => (name === 'PUT block' ? NO_OVERWRITE : undefined));
	await expect(put(opened('wc'), fresh(), randomBytes(9_000_000))).rejects.toMatchObject({ reason: 'targetExists' });
});

it('tags that the SAS may not set are refused before anything is sent', async () => {
	faulty.fault(() => ({ status: 418 }));
	const tagged = fresh({ attributes: { tags: { project: 'x' } } });
	await expect(opened().openUpload(tagged, never())).rejects.toMatchObject({
		reason: 'destinationLogin',
		message: expect.stringContaining('allow setting tags'),
	});
});

it('metadata that Azure would refuse is refused before anything is sent', async () => {
	faulty.fault(() => ({ status: 418 }));
	const odd = fresh({ attributes: { metadata: { 'two words': 'x' } } });
	await expect(opened().openUpload(odd, never())).rejects.toMatchObject({
		reason: 'setting',
		message: expect.stringContaining('Metadata'),
	});
});

it('a SAS that may not read lets nobody look, and the message says what to do', async () => {
	await expect(opened('wc').stat(fresh(), never())).rejects.toMatchObject({
		reason: 'destinationLogin',
		hint: expect.stringContaining('Read'),
	});
});

it('a look into a container that is missing is no free name', async () => {
	const fields = azureFieldsOf(azurite, 'missing', azurite.accountSas());
	await expect(openAzureBlob(fields).stat(fresh(), never())).rejects.toMatchObject({ reason: 'targetRefused' });
});

it('a host that may not be connected to is not looked at', async () => {
	const check = async () => await Promise.reject(new Error('not allowed'));
	const fields = azureFieldsOf(azurite, CONTAINER, azurite.accountSas());
	const destination = openAzureBlob(fields, { check, lookup: undefined });
	await expect(destination.stat(fresh(), never())).rejects.toThrow('not allowed');
});

it('a time in the metadata that is none says nothing', async () => {
	const target = fresh();
	await blobOf(target).upload('x', 1, { metadata: { domoupdatedat: 'yesterday', domodatasetid: 'abc' } });
	expect(await opened().stat(target, never())).toEqual({ bytes: 1, dataSetId: 'abc' });
});

test('a folder of a hierarchical namespace is no blob that could be replaced or skipped', async () => {
	const target = fresh({ replace: true });
	await blobOf(target).upload('', 0, { metadata: { hdi_isfolder: 'true' } });
	const folder = { reason: 'targetRefused', message: expect.stringContaining('is a folder') };
	await expect(opened().openUpload(target, never())).rejects.toMatchObject(folder);
	await expect(opened().stat(target, never())).rejects.toMatchObject(folder);
});

test('the metadata tells of the data to the millisecond, and nothing where rows may be missing', async () => {
	const version = { asOf: new Date('2025-06-01T05:15:00.250Z'), dataCurrentAt: new Date('2025-06-01T05:14:41.001Z') };
	const target = fresh({ replace: true, attributes: { ...version, rows: 0 } });
	await put(opened(), target, Buffer.from('x'));
	const { dataSetId } = target.attributes;
	expect(await opened().stat(target, never())).toEqual({ bytes: 1, dataSetId, ...version, rows: 0 });
	const upload = await opened().openUpload(target, never());
	await upload.write(Readable.from([Buffer.from('y')]));
	await upload.commit(false);
	expect(await opened().stat(target, never())).toEqual({ bytes: 1, dataSetId });
});

describe('with a stored access policy that may not read, which the SAS does not say', () => {
	/** Azure's word to a SAS without Read. */
	const NO_READ = { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } };
	const throughPolicy = async () => {
		const inTenMinutes = new Date(Date.now() + 600_000);
		await azurite.service
			.getContainerClient(CONTAINER)
			.setAccessPolicy(undefined, [{ id: 'writers', accessPolicy: { permissions: 'wc', expiresOn: inTenMinutes } }]);
		const key = new StorageSharedKeyCredential(azurite.accountName, azurite.accountKey);
		const sas = generateBlobSASQueryParameters({ containerName: CONTAINER, identifier: 'writers' }, key).toString();
		faulty.fault(({ name }) => (name.startsWith('GET ') ? NO_READ : undefined));
		return openAzureBlob({ ...azureFieldsOf(azurite, CONTAINER, sas), blobEndpoint: faulty.blobEndpoint });
	};

	it.each([1000, 9_000_000])('a blob of %i bytes is written without a look', async (size) => {
		const [target, data] = [fresh(), randomBytes(size)];
		const destination = await throughPolicy();
		try {
			await put(destination, target, data);
			expect(data.equals(await blobOf(target).downloadToBuffer())).toBe(true);
			await expect(put(destination, target, data)).rejects.toMatchObject({ reason: 'targetExists' });
		} finally {
			await destination.close();
		}
	});

	it('a look for a blob says what to do', async () => {
		const destination = await throughPolicy();
		try {
			await expect(destination.stat(fresh(), never())).rejects.toMatchObject({
				reason: 'destinationLogin',
				hint: expect.stringContaining("Read, or choose Replace in Publishing → 'If Exists'"),
			});
		} finally {
			await destination.close();
		}
	});

	it('a SAS that says that it may read is refused as before', async () => {
		faulty.fault(({ name }) => (name.startsWith('GET ') ? NO_READ : undefined));
		await expect(put(opened('rwc'), fresh(), randomBytes(10))).rejects.toMatchObject({
			message: expect.stringContaining('lacks a permission'),
		});
	});
});
