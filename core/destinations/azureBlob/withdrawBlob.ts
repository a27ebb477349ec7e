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
	/** Whether the SAS may look at what Azure holds. */
	readonly canRead: boolean;
	/** Whether the SAS and the blob's access tier let its content be read. */
	readonly canReadBack: boolean;
	/** Of the version that was published, where Azure told it. */
	readonly etag: string | undefined;
	readonly retry: RetryOptions;
}

/** How long a blob may take to be withdrawn when the execution was stopped. */
const STOPPED_MS = 5_000;

/** The fault to reject with when Azure holds something else than was sent, after it was withdrawn as far as that goes. */
export async function damaged(published: PublishedBlob): Promise<CommitOutcomeUnknown> {
	const { target, where } = published;
	const isRemoved = !target.replace && (await succeeds(removeBlob(published)));
	const isReplaceable = !isRemoved && (await succeeds(unmark(published))) && target.replace;
	return new CommitOutcomeUnknown(
		'incomplete',
		`The blob in Azure differs from what was sent${placed('reading back from', where)}`,
		{
			hint: `${whatToDo(isRemoved, isReplaceable)}. If it happens again, look for a proxy between n8n and Azure that changes data.`,
			// Another try would take it for a blob that is there already.
			retryable: isRemoved || isReplaceable,
		},
	);
}

function whatToDo(isRemoved: boolean, isReplaceable: boolean): string {
	if (isRemoved) return 'The damaged blob was removed. Try again';
	return isReplaceable
		? 'The target holds the damaged blob. Try again to replace it'
		: 'The target holds the damaged blob. Delete it, and then try again';
}

/** The fault to reject with when a published blob could not be read back. */
export async function unread(published: PublishedBlob, fault: unknown): Promise<unknown> {
	const { target, where, retry } = published;
	const refused = toAzureError(fault, where, 'reading back from', retry.signal);
	if (!(refused instanceof WritebackError)) return refused;
	const isReplaceable = (await succeeds(unmark(published))) && target.replace;
	return new CommitOutcomeUnknown(
		refused.reason,
		`${refused.message}; the blob is published, but was not compared with what was sent`,
		{
			hint: "The target holds the new blob, and Azure accepted all of it. Try again, or turn off Publishing → 'Verify Content'.",
			retryable: refused.retryable && isReplaceable,
			retryAfterMs: refused.retryAfterMs,
		},
	);
}

/** The fault to reject with when a published blob can be neither read back nor told by its checksum. */
export async function unproven(published: PublishedBlob): Promise<CommitOutcomeUnknown> {
	await succeeds(unmark(published));
	const what = "Azure returned no checksum for the published blob, and it can't be read back";
	return new CommitOutcomeUnknown('targetRefused', what + placed('publishing in', published.where), {
		hint: "The target holds the new blob. Use a SAS token with the permission Read and another access tier than Archive, or turn off Publishing → 'Verify Content'.",
	});
}

async function removeBlob(published: PublishedBlob): Promise<void> {
	await change(published, async (blob, options) => await blob.delete(options));
}

/** Takes away what says that the blob holds the present data, so that Only If Changed writes it anew. */
async function unmark(published: PublishedBlob): Promise<void> {
	const { metadata } = commitOptions(published.target, published.run, false);
	await change(published, async (blob, options) => await blob.setMetadata(metadata, options));
}

type ChangeOptions = { readonly abortSignal: AbortSignal; readonly conditions: { readonly ifMatch: string } };

/** Sends one request that changes the blob; never another writer's blob. Rejects when that did not work. */
async function change(
	{ blob, run, retry, canRead, etag: published }: PublishedBlob,
	request: (blob: BlockBlobClient, options: ChangeOptions) => Promise<unknown>,
): Promise<void> {
	const bounds = retry.signal.aborted ? { ...retry, signal: AbortSignal.timeout(STOPPED_MS) } : retry;
	const current = canRead ? await readBlobProperties(blob, bounds) : { run, etag: published };
	if (current?.run !== run) return;
	if (current.etag === undefined) throw new Error('The version of the blob is not known');
	const conditions = { ifMatch: current.etag };
	await retryRequest(bounds, async (abortSignal) => await request(blob, { abortSignal, conditions }));
}

async function succeeds(work: Promise<void>): Promise<boolean> {
	return await work.then(
		() => true,
		() => false,
	);
}
