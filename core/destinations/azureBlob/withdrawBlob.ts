import { type BlockBlobClient, RestError } from '@azure/storage-blob';
import { CommitOutcomeUnknown, type Target } from '../destination';
import { azureCode, toAzureError, placed, type BlobLocation } from './azureErrors';
import { commitOptions } from './blobMetadata';
import { type ExistingBlob, readBlobProperties } from './blobProperties';
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
	const removal = target.replace ? 'failed' : await removeBlob(published);
	const next = removal === 'failed' ? whatToDo(await unmark(published), target) : whatToDo(removal, target);
	return new CommitOutcomeUnknown(
		'incomplete',
		`The blob in Azure differs from what was sent${placed('reading back from', where)}`,
		{
			hint: `${next.hint}. If it happens again, look for a proxy between n8n and Azure that changes data.`,
			retryable: next.retryable,
		},
	);
}

/** What a user does about a damaged blob, and whether the next try can do it. */
function whatToDo(outcome: Outcome, { replace }: Target) {
	if (outcome === 'removed') return { hint: 'The damaged blob was removed. Try again', retryable: true };
	if (outcome === 'gone')
		return { hint: 'Another program has replaced or removed the damaged blob. Try again', retryable: true };
	if (outcome === 'unmarked' && replace)
		return { hint: 'The target holds the damaged blob. Try again to replace it', retryable: true };
	// Another try would take it for a blob that is there already.
	return { hint: 'The target holds the damaged blob. Delete it, and then try again', retryable: false };
}

/** The fault to reject with when a published blob could not be read back. */
export async function unread(published: PublishedBlob, fault: unknown): Promise<unknown> {
	const { target, where, retry } = published;
	const refused = toAzureError(fault, where, 'reading back from', retry.signal);
	if (!(refused instanceof WritebackError)) return refused;
	const outcome = await unmark(published);
	return new CommitOutcomeUnknown(
		refused.reason,
		`${refused.message}; the blob is published, but was not compared with what was sent`,
		{
			hint: `${whatIsThere(outcome)} Try again, or turn off Publishing → 'Verify Content'.${whatIsFirst(outcome)}`,
			retryable: refused.retryable && target.replace,
			retryAfterMs: refused.retryAfterMs,
		},
	);
}

/** The fault to reject with when a published blob can be neither read back nor told by its checksum. */
export async function unproven(published: PublishedBlob): Promise<CommitOutcomeUnknown> {
	const outcome = await unmark(published);
	const what = "Azure returned no checksum for the published blob, and it can't be read back";
	return new CommitOutcomeUnknown('targetRefused', what + placed('publishing in', published.where), {
		hint: `${whatIsThere(outcome)} Use a SAS token with the permission Read and another access tier than Archive, or turn off Publishing → 'Verify Content'.${whatIsFirst(outcome)}`,
	});
}

function whatIsThere(outcome: Outcome): string {
	return outcome === 'gone'
		? 'Azure accepted all of the new blob, but another program has replaced or removed it since.'
		: 'The target holds the new blob, and Azure accepted all of it.';
}

/** Marks that stay count only in the next run: the tries of this one write the blob anew in any case. */
function whatIsFirst(outcome: Outcome): string {
	return outcome === 'failed' ? " Delete the blob first: 'Only If Changed' takes it for current." : '';
}

/** What became of a blob that was to be removed or changed; `gone` when it is no longer the one that was published. */
type Outcome = 'removed' | 'unmarked' | 'failed' | 'gone';

async function removeBlob(published: PublishedBlob): Promise<Outcome> {
	const isDone = (current: ExistingBlob | undefined) => current === undefined;
	const request: ChangeRequest = async (blob, options) => await blob.delete(options);
	return await change(published, 'removed', isDone, request).catch(() => 'failed');
}

/** Takes away what says that the blob holds the present data, so that Only If Changed writes it anew. */
async function unmark(published: PublishedBlob): Promise<Outcome> {
	const { target, run } = published;
	const { metadata } = commitOptions(target, run, false);
	const isDone = (current: ExistingBlob | undefined) => current?.run === run && current.found.asOf === undefined;
	const request: ChangeRequest = async (blob, options) => await blob.setMetadata(metadata, options);
	return await change(published, 'unmarked', isDone, request).catch(() => 'failed');
}

type ChangeOptions = { readonly abortSignal: AbortSignal; readonly conditions: { readonly ifMatch: string } };
type ChangeRequest = (blob: BlockBlobClient, options: ChangeOptions) => Promise<unknown>;

/** Sends one request that changes the blob, unless that `isDone`, and resolves to `done`; never another writer's blob. Rejects when Azure refuses it. */
async function change(
	{ blob, run, retry, canRead, etag: published }: PublishedBlob,
	done: 'removed' | 'unmarked',
	isDone: (current: ExistingBlob | undefined) => boolean,
	request: ChangeRequest,
): Promise<Outcome> {
	const bounds = retry.signal.aborted ? { ...retry, signal: AbortSignal.timeout(STOPPED_MS) } : retry;
	const settled = (current: ExistingBlob | undefined): Outcome | undefined => {
		if (isDone(current)) return done;
		return current?.run === run ? undefined : 'gone';
	};
	const current = canRead ? await readBlobProperties(blob, bounds) : undefined;
	const before = canRead ? settled(current) : undefined;
	if (before !== undefined) return before;
	const ifMatch = canRead ? current?.etag : published;
	if (ifMatch === undefined) throw new Error('The version of the blob is not known');
	const conditions = { ifMatch };
	try {
		await retryRequest(bounds, async (abortSignal) => await request(blob, { abortSignal, conditions }));
		return done;
	} catch (fault) {
		// A request whose answer was lost is repeated, and then refused because it was done.
		const isGone = azureCode(fault) === 'BlobNotFound';
		const mayBeDone = isGone || (canRead && isOtherVersion(fault));
		const after = mayBeDone ? settled(isGone ? undefined : await readBlobProperties(blob, bounds)) : undefined;
		if (after === undefined) throw fault;
		return after;
	}
}

/** Whether Azure no longer has the version of the blob that was asked for. */
export function isOtherVersion(fault: unknown): boolean {
	return fault instanceof RestError && (fault.statusCode === 412 || fault.statusCode === 404);
}
