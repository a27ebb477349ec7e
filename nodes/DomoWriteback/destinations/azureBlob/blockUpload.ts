import { randomBytes } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { cancelled, WritebackError } from '../../errors';
import type { Upload } from '../destination';
import { azureCode, azureRefused, type Where } from './refusal';
import { type Block, stageBlocks } from './stage';

/** Where the finished upload leaves its run id, so that a commit whose answer was lost can be recognised. */
const RUN_METADATA = 'domowritebackrun';

/**
 * Starts an upload of staged blocks. Rejects when the container is missing or the SAS is refused.
 * Azure drops blocks that were never committed after a week; readers never see them.
 */
export async function openBlockUpload(
	container: ContainerClient,
	name: string,
	canRead: boolean,
	where: Where,
	signal: AbortSignal,
): Promise<Upload> {
	if (signal.aborted) throw cancelled();
	const blob = container.getBlockBlobClient(name);
	const run = randomBytes(12).toString('hex');
	const translate = (doing: string) => (fault: unknown) => {
		throw azureRefused(fault, where, doing, signal);
	};
	// Asking for the blob shows a wrong container or token before Domo's data is on its way.
	if (canRead) {
		await blob.getProperties({ abortSignal: signal }).catch((fault: unknown) => {
			if (azureCode(fault) !== 'BlobNotFound') translate('looking into')(fault);
		});
	}
	let list: Block[] = [];
	return {
		write: async (body) => {
			list = await stageBlocks(body, blob, run, signal).catch(translate('writing to'));
			return canRead ? await heldBytes().catch(translate('checking')) : sum(list);
		},
		commit: async () => {
			const ids = list.map(({ id }) => id);
			const blobHTTPHeaders = { blobContentType: 'text/csv; charset=utf-8' };
			await blob
				.commitBlockList(ids, { blobHTTPHeaders, metadata: { [RUN_METADATA]: run } })
				.catch((fault: unknown) => {
					throw lostInCommit(azureRefused(fault, where, 'publishing in'));
				});
		},
		abort: async () => undefined,
	};

	/** What Azure says it holds of this upload. */
	async function heldBytes(): Promise<number> {
		if (list.length === 0) return 0;
		const { uncommittedBlocks = [] } = await blob.getBlockList('uncommitted', { abortSignal: signal });
		const held = new Map(uncommittedBlocks.map(({ name: id, size }) => [id, size]));
		return list.reduce((bytes, { id }) => bytes + (held.get(id) ?? 0), 0);
	}
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
