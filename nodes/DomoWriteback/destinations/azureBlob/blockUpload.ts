import { randomBytes } from 'node:crypto';
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { cancelled, WritebackError } from '../../errors';
import type { Upload } from '../destination';
import { again, type Patience } from './again';
import { azureCode, azureRefused, type Where } from './refusal';
import { type Block, stage, type Staged, type Staging } from './stage';

/** Where the finished upload leaves its run id, so that a commit whose answer was lost can be recognised. */
const RUN_METADATA = 'domowritebackrun';

/** What an upload needs to know beside its blob. */
export interface UploadOptions {
	/** Whether the SAS may read, and so look at what Azure holds. */
	readonly canRead: boolean;
	readonly staging: Staging;
	readonly where: Where;
	readonly idleMs: number;
}

/**
 * Starts an upload of staged blocks. Rejects when the container is missing or the SAS is refused.
 * Azure drops blocks that were never committed after a week; readers never see them.
 */
export async function openBlockUpload(
	container: ContainerClient,
	name: string,
	options: UploadOptions,
	signal: AbortSignal,
): Promise<Upload> {
	if (signal.aborted) throw cancelled();
	const blob = container.getBlockBlobClient(name);
	const { idleMs } = options;
	if (options.canRead) {
		// Asking for the blob shows a wrong container or token before Domo's data is on its way.
		await propertiesOf(blob, { signal, idleMs }).catch((fault: unknown) => {
			if (azureCode(fault) !== 'BlobNotFound') throw azureRefused(fault, options.where, 'looking into', signal);
		});
	}
	const run = randomBytes(12).toString('hex');
	let staged: Staged = { kind: 'blocks', list: [] };
	return {
		write: async (body) => {
			try {
				staged = await stage(body, blob, run, { ...options.staging, idleMs }, signal);
				return await heldBytes(blob, staged, options.canRead, { signal, idleMs });
			} catch (fault) {
				throw azureRefused(fault, options.where, 'writing to', signal);
			}
		},
		commit: async () => {
			await publish(blob, staged, run, { signal, idleMs }).catch(async (fault: unknown) => {
				if (options.canRead && (await isPublished(blob, run, { signal, idleMs }))) return;
				throw lostInCommit(azureRefused(fault, options.where, 'publishing in', signal));
			});
		},
		abort: async () => undefined,
		removed: () => [],
	};
}

/** Once under way it is not stopped: nobody would know whether the blob is the old one or the new one. */
async function publish(blob: BlockBlobClient, staged: Staged, run: string, patience: Patience): Promise<void> {
	const common = {
		blobHTTPHeaders: { blobContentType: 'text/csv; charset=utf-8' },
		metadata: { [RUN_METADATA]: run },
	};
	if (staged.kind === 'blocks') {
		const ids = staged.list.map(({ id }) => id);
		await again(patience, async (_, abortSignal) => await blob.commitBlockList(ids, { ...common, abortSignal }));
		return;
	}
	const { data, md5 } = staged;
	const checked = { transactionalContentMD5: md5, blobHTTPHeaders: { ...common.blobHTTPHeaders, blobContentMD5: md5 } };
	await again(
		patience,
		async (_, abortSignal) => await blob.upload(data, data.length, { ...common, ...checked, abortSignal }),
		data.length,
	);
}

/** Whether the blob that is there is this upload's although no answer said so: replies get lost, and a second try may be refused. */
async function isPublished(blob: BlockBlobClient, run: string, patience: Patience): Promise<boolean> {
	const { metadata } = await propertiesOf(blob, patience).catch(() => ({ metadata: undefined }));
	return metadata?.[RUN_METADATA] === run;
}

async function propertiesOf(blob: BlockBlobClient, patience: Patience) {
	return await again(patience, async (abortSignal) => await blob.getProperties({ abortSignal }));
}

/** What Azure says it holds of this upload. Without the right to ask, what it has acknowledged, each block with its checksum. */
async function heldBytes(blob: BlockBlobClient, staged: Staged, canRead: boolean, patience: Patience): Promise<number> {
	// A small body is still here; Azure checks it against its checksum when it is published, and refuses anything else.
	if (staged.kind === 'small') return staged.data.length;
	if (!canRead) return sum(staged.list);
	const { uncommittedBlocks = [] } = await again(
		patience,
		async (abortSignal) => await blob.getBlockList('uncommitted', { abortSignal }),
	);
	const held = new Map(uncommittedBlocks.map(({ name, size }) => [name, size]));
	return staged.list.reduce((bytes, { id }) => bytes + (held.get(id) ?? 0), 0);
}

function sum(list: readonly Block[]): number {
	return list.reduce((bytes, block) => bytes + block.bytes, 0);
}

function lostInCommit(fault: unknown): unknown {
	if (!(fault instanceof WritebackError) || fault.reason !== 'destinationInterrupted') return fault;
	return new WritebackError(
		'destinationInterrupted',
		`${fault.message}; this happened while the blob was being published`,
		{
			hint: 'The target may already hold the new blob, complete; look there, or run it again.',
		},
	);
}
