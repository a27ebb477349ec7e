import { Readable } from 'node:stream';
import type { BlockBlobClient } from '@azure/storage-blob';
import { blockIdsLike } from '../../nodes/DomoWriteback/destinations/azureBlob/blockIds';
import { openBlockUpload } from '../../nodes/DomoWriteback/destinations/azureBlob/blockUpload';
import { isFolder } from '../../nodes/DomoWriteback/destinations/azureBlob/existing';
import { azureRefused } from '../../nodes/DomoWriteback/destinations/azureBlob/refusal';
import { RestError } from '@azure/storage-blob';
import { targetOf } from '../target';

const WHERE = { container: 'exports', account: 'acc' };
const OTHER = Buffer.alloc(16);

/** What Azure says that the sandbox's does not. */
export const AZURE_UNITS: ReadonlyArray<readonly [what: string, provoke: () => unknown]> = [
	['a blob that was removed meanwhile', () => thrown(azureRefused(gone(), WHERE, 'writing to'))],
	['a folder in a hierarchical namespace', () => thrown(isFolder(blob(), WHERE))],
	['IDs of which there are no more', () => exhausted()],
	['a block that is stored as another', async () => await sent(9_000_000, true)],
	['a damaged blob that may be replaced', async () => await sent(1, true)],
	['a damaged blob that was removed', async () => await sent(1, false)],
	['a damaged blob that stays', async () => await sent(1, false, 'it may not be removed')],
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

/** A blob whose service tells the checksum of something else. */
function blob(refusesToRemove = ''): BlockBlobClient {
	let run = '';
	const upload = async (_: unknown, __: unknown, { metadata }: { readonly metadata: Record<string, string> }) => {
		run = metadata.domowritebackrun ?? '';
		return { contentMD5: OTHER };
	};
	const service = {
		name: 'sales.csv',
		upload,
		stageBlock: async () => ({ contentMD5: OTHER }),
		getProperties: async () => {
			if (run === '') throw gone();
			return { contentLength: 1, etag: '"1"', metadata: { domowritebackrun: run } };
		},
		setMetadata: async () => undefined,
		delete: async () => {
			if (refusesToRemove !== '') throw new Error(refusesToRemove);
		},
	};
	return service as unknown as BlockBlobClient;
}

async function sent(bytes: number, replace: boolean, refusesToRemove = ''): Promise<void> {
	const staging = { blockBytes: 'auto', concurrency: 'auto' } as const;
	const options = { canRead: true, staging, where: WHERE, idleMs: 1_000 };
	const target = targetOf({ replace });
	const upload = await openBlockUpload(blob(refusesToRemove), target, options, new AbortController().signal);
	await upload.write(Readable.from([Buffer.alloc(bytes)]));
	await upload.commit();
}
