import type { BlockBlobClient } from '@azure/storage-blob';
import { CommitOutcomeUnknown, type Target } from '../destination';
import { toAzureError, placed, type BlobLocation } from './azureErrors';
import { commitOptions } from './blobMetadata';
import { readBlobProperties } from './blobProperties';
import { retryRequest, type RetryOptions } from './retryRequest';
import type { StagedData } from './stagedData';
import { WritebackError } from '../../support/errors';

/** A blob that was published, and what it should hold. */
export interface PublishedBlob {
	readonly blob: BlockBlobClient;
	readonly staged: StagedData;
	readonly target: Target;
	readonly run: string;
	readonly where: BlobLocation;
	/** Whether the SAS and the blob's access tier let its content be read. */
	readonly canReadBack: boolean;
	readonly retry: RetryOptions;
}

/** How long a blob may take to be withdrawn when the execution was stopped. */
const STOPPED_MS = 5_000;

/** The fault to reject with when Azure holds something else than was sent, after it was withdrawn as far as that goes. */
export async function damaged(published: PublishedBlob): Promise<CommitOutcomeUnknown> {
	const { target, where } = published;
	const isWithdrawn = await succeeds(withdraw(published, !target.replace));
	return new CommitOutcomeUnknown(
		'incomplete',
		`The blob in Azure differs from what was sent${placed('reading back from', where)}`,
		{
			hint: `${whatToDo(isWithdrawn, target.replace)}. If it happens again, look for a proxy between n8n and Azure that changes data.`,
			// Another try would take it for a blob that is there already.
			retryable: isWithdrawn,
		},
	);
}

function whatToDo(isWithdrawn: boolean, replace: boolean): string {
	if (!isWithdrawn) return 'The target holds the damaged blob. Delete it, and then try again';
	return replace
		? 'The target holds the damaged blob. Try again to replace it'
		: 'The damaged blob was removed. Try again';
}

/** The fault to reject with when a published blob could not be read back. */
export async function unread(published: PublishedBlob, fault: unknown): Promise<unknown> {
	const { target, where, retry } = published;
	const refused = toAzureError(fault, where, 'reading back from', retry.signal);
	if (!(refused instanceof WritebackError)) return refused;
	const isWithdrawn = target.replace && (await succeeds(withdraw(published, false)));
	return new CommitOutcomeUnknown(
		refused.reason,
		`${refused.message}; the blob is published, but was not compared with what was sent`,
		{
			hint: "The target holds the new blob, and Azure accepted all of it. Try again, or turn off Publishing → 'Verify Content'.",
			retryable: refused.retryable && isWithdrawn,
		},
	);
}

/** The fault to reject with when a published blob can be neither read back nor told by its checksum. */
export function unproven({ where }: PublishedBlob): CommitOutcomeUnknown {
	const what = "Azure returned no checksum for the published blob, and it can't be read back";
	return new CommitOutcomeUnknown('targetRefused', what + placed('publishing in', where), {
		hint: "The target holds the new blob. Use a SAS token with the permission Read and another access tier than Archive, or turn off Publishing → 'Verify Content'.",
	});
}

/** Removes the blob, or takes away what says that it holds the present data; nobody else's blob. Rejects when that did not work. */
async function withdraw({ blob, target, run, retry }: PublishedBlob, remove: boolean): Promise<void> {
	const bounds = retry.signal.aborted ? { ...retry, signal: AbortSignal.timeout(STOPPED_MS) } : retry;
	const { metadata } = commitOptions(target, run, false);
	const current = await readBlobProperties(blob, bounds);
	if (current?.run !== run || current.etag === undefined) return;
	const conditions = { ifMatch: current.etag };
	await retryRequest(bounds, async (abortSignal) =>
		remove
			? await blob.delete({ abortSignal, conditions })
			: await blob.setMetadata(metadata, { abortSignal, conditions }),
	);
}

async function succeeds(work: Promise<void>): Promise<boolean> {
	return await work.then(
		() => true,
		() => false,
	);
}
