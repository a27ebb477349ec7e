import type { BlockBlobClient } from '@azure/storage-blob';
import { WritebackError } from '../../errors';
import type { Existing } from '../destination';
import { again, type Patience } from './again';
import { readMetadata } from './attributes';
import { azureCode, azureRefused, placed, type Where } from './refusal';

/** What there is under a blob's name now, and the run that put it there if it was this node's; undefined when there is nothing. Rejects with the SDK's fault. */
export async function existing(
	blob: BlockBlobClient,
	patience: Patience,
): Promise<(Existing & { readonly run?: string }) | undefined> {
	try {
		const { contentLength = 0, metadata = {} } = await again(
			patience,
			async (abortSignal) => await blob.getProperties({ abortSignal }),
		);
		return { bytes: contentLength, ...readMetadata(metadata) };
	} catch (fault) {
		if (azureCode(fault) === 'BlobNotFound') return undefined;
		throw fault;
	}
}

/** The same for a user who asks. Rejects with `destinationLogin` when the SAS may not read. */
export async function lookAt(
	blob: BlockBlobClient,
	{ canRead, where, idleMs }: { readonly canRead: boolean; readonly where: Where; readonly idleMs: number },
	signal: AbortSignal,
): Promise<Existing | undefined> {
	if (!canRead) {
		const what = 'The SAS token may not read, so nobody can see whether the blob is there already';
		throw new WritebackError('destinationLogin', what + placed('looking into', where), {
			hint: 'Use a SAS token with the permission Read, or choose Replace in Publishing → If Exists.',
		});
	}
	return await existing(blob, { signal, idleMs }).catch((fault: unknown) => {
		throw azureRefused(fault, where, 'looking into', signal);
	});
}
