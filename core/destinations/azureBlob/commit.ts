import type { BlockBlobClient } from '@azure/storage-blob';
import { CommitOutcomeUnknown, type Target } from '../destination';
import { azureCode, toAzureError, placed, type BlobLocation } from './azureErrors';
import { commitOptions } from './blobMetadata';
import { readBlobProperties } from './blobProperties';
import { compareMd5 } from './putBlock';
import { retryRequest, type RetryOptions } from './retryRequest';
import type { StagedData } from './stagedData';
import type { Md5Comparison } from './verifyBlob';
import { anySignal } from '../../support/abort';
import { sanitize, withOptions, withoutUnchanged, WritebackError } from '../../support/errors';
import { endedAfterStop } from '../../support/idleTimeout';

/** What is published, and for whom. */
export interface FinishedUpload {
	readonly target: Target;
	/** Of this upload alone; the blob keeps it. */
	readonly run: string;
	/** As in `Upload.commit`. */
	readonly isCurrent: boolean;
	/** Whether the SAS may look at what Azure holds. */
	readonly canRead: boolean;
	readonly where: BlobLocation;
}

/** What Azure told of a blob when it was published. */
interface PublishedVersion {
	readonly comparison: Md5Comparison;
	readonly etag: string | undefined;
}

/** Azure's words for a blob that may not be replaced, as `If-None-Match: *` asks (learn.microsoft.com, "Specifying conditional headers"). */
export const TAKEN: ReadonlySet<string> = new Set([
	'BlobAlreadyExists',
	'ConditionNotMet',
	'TargetConditionNotMet',
	'UnauthorizedBlobOverwrite',
]);

/** The blocks are gone: another writer has published a blob of this name. */
const BLOCKS_GONE = new Set(['InvalidBlockList', 'InvalidBlobOrBlock']);

/** How long Azure may take to say what became of a publication that was stopped. */
const STOPPED_MS = 5_000;

/** Puts what is staged under the blob's name in one request. Rejects with the refusal, with `targetExists`, or with `destinationInterrupted` when the outcome is unknown. Resolves to what Azure told of it. */
export async function publish(
	blob: BlockBlobClient,
	staged: StagedData,
	{ target, run, isCurrent, canRead, where }: FinishedUpload,
	retry: RetryOptions,
): Promise<PublishedVersion> {
	let sent = 0;
	const options = commitOptions(target, run, isCurrent);
	const ended = new AbortController();
	try {
		// Once under way it isn't stopped at once: that would leave open whether the blob is the old one or the new one.
		const sending = async () =>
			await retryRequest(
				retry,
				async (_, timeout) => {
					sent++;
					return await send(blob, staged, { ...options, abortSignal: anySignal(timeout, ended.signal) });
				},
				staged.kind === 'small' ? staged.data.length : 0,
			);
		return await endedAfterStop(retry.signal, () => ended.abort(), sending);
	} catch (fault) {
		// Also after a stop: the message says what became of it.
		const looking = retry.signal.aborted ? { ...retry, signal: AbortSignal.timeout(STOPPED_MS) } : retry;
		const published = canRead ? await readBlobProperties(blob, looking).catch(() => 'unseen' as const) : 'unseen';
		// Replies get lost, and a second try may be refused because the first one was done.
		if (published !== 'unseen' && published?.run === run) return { comparison: 'unknown', etag: published.etag };
		const code = azureCode(fault);
		const taken = TAKEN.has(code) || (BLOCKS_GONE.has(code) && published !== 'unseen' && published !== undefined);
		const mayBeDone = published === 'unseen' && sent > 1;
		if (!target.replace && taken) throw mayBeDone ? perhapsOurs(blob, where) : targetExistsError(blob, where);
		const refused = lostInCommit(toAzureError(fault, where, 'publishing in', retry.signal), target);
		throw mayBeDone ? refusedAgain(refused, target) : refused;
	}
}

async function send(
	blob: BlockBlobClient,
	staged: StagedData,
	options: ReturnType<typeof commitOptions> & { readonly abortSignal: AbortSignal },
): Promise<PublishedVersion> {
	if (staged.kind === 'blocks') {
		const ids = staged.list.map(({ id }) => id);
		const { etag } = await blob.commitBlockList(ids, options);
		return { comparison: 'unknown', etag };
	}
	const { data, md5 } = staged;
	const blobHTTPHeaders = { ...options.blobHTTPHeaders, blobContentMD5: md5 };
	const { contentMD5, etag } = await blob.upload(data, data.length, {
		...options,
		blobHTTPHeaders,
		transactionalContentMD5: md5,
	});
	return { comparison: compareMd5(contentMD5, md5), etag };
}

/** The name is taken, and what has it may not be replaced. */
export function targetExistsError({ name }: BlockBlobClient, where: BlobLocation): WritebackError {
	return new WritebackError('targetExists', `Blob ${sanitize(name)} already exists${placed('publishing in', where)}`, {
		hint: "The target is unchanged. Choose Replace, Skip or Add Number in Publishing → 'If Exists', or change 'Filename'.",
	});
}

function perhapsOurs({ name }: BlockBlobClient, where: BlobLocation): WritebackError {
	const what = `A response from Azure was lost while ${sanitize(name)} was being published, and a blob with this name exists now`;
	return new CommitOutcomeUnknown('destinationInterrupted', what + placed('publishing in', where), {
		hint: 'It may be the new one, complete: check the container. With a SAS token that has the permission Read, the node checks this itself.',
		// A second try would only find the name taken.
		retryable: false,
	});
}

function lostInCommit(fault: unknown, { replace }: Target): unknown {
	const isOpen = fault instanceof WritebackError && ['destinationInterrupted', 'cancelled'].includes(fault.reason);
	if (!isOpen) return fault;
	return new CommitOutcomeUnknown(
		'destinationInterrupted',
		`${fault.message}; this happened while the blob was being published`,
		{
			hint: 'The target may already hold the new blob, complete. Check the container, or try again.',
			// Otherwise the next try would take this blob for another one.
			retryable: replace,
			retryAfterMs: fault.retryAfterMs,
		},
	);
}

/** A refusal of a request that was sent before, and may have been done then. */
function refusedAgain(fault: unknown, { replace }: Target): unknown {
	if (!(fault instanceof WritebackError) || fault instanceof CommitOutcomeUnknown) return fault;
	const hint = `${withoutUnchanged(fault.hint)} The target may already hold the new blob, complete: Azure refused the request only when it was repeated. Check the container.`;
	const retryable = fault.retryable && replace;
	return new CommitOutcomeUnknown(fault.reason, fault.message, withOptions(fault, { hint, retryable }));
}
