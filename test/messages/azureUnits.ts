import { Readable } from 'node:stream';
import { type BlockBlobClient, RestError } from '@azure/storage-blob';
import { blockIdsLike } from '../../core/destinations/azureBlob/blockIds';
import { openBlockUpload } from '../../core/destinations/azureBlob/blockUpload';
import { isFolder } from '../../core/destinations/azureBlob/blobProperties';
import { toAzureError } from '../../core/destinations/azureBlob/azureErrors';
import type { Target } from '../../core/destinations/destination';
import { targetOf } from '../target';

const WHERE = { container: 'exports', account: 'acc' };
const OTHER = Buffer.alloc(16);

/** What Azure says that the sandbox's does not. */
export const AZURE_UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = [
	['a blob that was removed meanwhile', () => thrown(toAzureError(gone(), WHERE, 'writing to'))],
	['a folder in a hierarchical namespace', () => thrown(isFolder(blob(), WHERE))],
	['IDs of which there are no more', () => exhausted()],
	['a block that is stored as another', async () => await sent(9_000_000, true)],
	['a damaged blob that may be replaced', async () => await sent(1, true)],
	['a damaged blob that was removed', async () => await sent(1, false)],
	['a damaged blob that stays', async () => await sent(1, false, { refusesToRemove: true })],
	['a damaged blob that another program replaces', async () => await sent(1, true, { isReplaced: true })],
	['blocks without checksums that may not be read', async () => await untold(9_000_000, false)],
	['blocks without checksums in the archive', async () => await untold(9_000_000, true)],
	[
		'blocks that another tool may replace, without a look at them',
		async () => await untold(9_000_000, false, { idBytes: 2 }),
	],
	['a small blob without a checksum', async () => await untold(1, false)],
	['a small blob without a checksum that stays current', async () => await untold(1, false, { staysMarked: true })],
	[
		'a small blob without a checksum that another program removes',
		async () => await untold(1, false, { isRemoved: true }),
	],
];

function thrown(fault: unknown): never {
	throw fault;
}

function gone(): RestError {
	return new RestError('', { code: 'BlobNotFound', statusCode: 404 });
}

function exhausted(): void {
	const ids = blockIdsLike(1, new Set());
	for (let count = 0; count <= 256; count++) ids.next();
}

interface Service {
	readonly refusesToRemove?: boolean;
	/** What another program has done to the blob once it is published. */
	readonly isReplaced?: boolean;
	readonly isRemoved?: boolean;
	/** Whether the service changes nothing of it. */
	readonly staysMarked?: boolean;
	/** How long the IDs of the blocks are that another tool has left. */
	readonly idBytes?: number;
	readonly tells?: Buffer;
}

/** A blob whose service tells the checksum of something else, or none. */
function blob({
	refusesToRemove = false,
	isReplaced = false,
	isRemoved = false,
	staysMarked = false,
	idBytes,
	tells,
}: Service = {}): BlockBlobClient {
	let run = '';
	const staged: Array<{ readonly name: string; readonly size: number }> = [];
	const upload = async (_: unknown, __: unknown, { metadata }: { readonly metadata: Record<string, string> }) => {
		run = metadata.domowritebackrun ?? '';
		return { contentMD5: tells, etag: '"1"' };
	};
	const service = {
		name: 'sales.csv',
		upload,
		stageBlock: async (name: string, _: unknown, size: number) => {
			if (idBytes !== undefined && Buffer.from(name, 'base64').length !== idBytes)
				throw new RestError('', { code: 'InvalidBlobOrBlock', statusCode: 400 });
			staged.push({ name, size });
			return { contentMD5: tells };
		},
		getProperties: async () => {
			if (run === '') throw gone();
			return { contentLength: 1, etag: '"1"', metadata: { domowritebackrun: isReplaced ? 'other' : run } };
		},
		getBlockList: async () => ({ uncommittedBlocks: staged }),
		setMetadata: async () => {
			if (isRemoved) throw gone();
			if (staysMarked) throw new Error('it may not be changed');
		},
		delete: async () => {
			if (refusesToRemove) throw new Error('it may not be removed');
		},
	};
	return service as unknown as BlockBlobClient;
}

async function sent(bytes: number, replace: boolean, service: Service = {}): Promise<void> {
	await write(blob({ tells: OTHER, ...service }), targetOf({ replace }), bytes);
}

async function untold(bytes: number, isArchived: boolean, service: Service = {}): Promise<void> {
	const attributes = isArchived ? { accessTier: 'Archive' as const } : {};
	await write(blob(service), targetOf({ verifyContent: true, attributes }), bytes, isArchived);
}

async function write(blob: BlockBlobClient, target: Target, bytes: number, canRead = true): Promise<void> {
	const staging = { blockBytes: 'auto', concurrency: 'auto' } as const;
	const options = { canRead, sas: { permissions: 'rwc' }, staging, where: WHERE, idleMs: 1_000 };
	const upload = await openBlockUpload(blob, target, options, new AbortController().signal);
	await upload.write(Readable.from([Buffer.alloc(bytes)]));
	await upload.commit();
}
