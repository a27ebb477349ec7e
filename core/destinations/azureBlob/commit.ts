import type { BlockBlobClient } from '@azure/storage-blob';
import { PerhapsPublished, type Target } from '../destination';
import { azureCode, azureRefused, placed, type Where } from './azureErrors';
import { publication } from './blobMetadata';
import { existing } from './blobProperties';
import { compareMd5 } from './putBlock';
import { again, type Patience } from './retryRequest';
import type { Staged } from './stagedData';
import type { Told } from './verifyBlob';
import { shown, WritebackError } from '../../support/errors';
import { endedAfterStop } from '../../support/idleTimeout';

/** What is published, and for whom. */
export interface Finished {
	readonly target: Target;
	/** Of this upload alone; the blob keeps it. */
	readonly run: string;
	/** As in `Upload.commit`. */
	readonly isCurrent: boolean;
	/** Whether the SAS may look at what Azure holds. */
	readonly canRead: boolean;
	readonly where: Where;
}

/** Azure's words for a blob that may not be replaced, as `If-None-Match: *` asks (learn.microsoft.com, "Specifying conditional headers"). */
const TAKEN = new Set(['BlobAlreadyExists', 'ConditionNotMet', 'TargetConditionNotMet', 'UnauthorizedBlobOverwrite']);

/** The blocks are gone: somebody else has published a blob of this name. */
const BLOCKS_GONE = new Set(['InvalidBlockList', 'InvalidBlobOrBlock']);

/** How long Azure may take to say what became of a publication that was stopped. */
const STOPPED_MS = 5_000;

/** Puts what is staged under the blob's name in one request. Rejects with the refusal, with `targetExists`, or with `destinationInterrupted` when nobody can tell how it ended. Resolves to what Azure told of its content. */
export async function publish(
	blob: BlockBlobClient,
	staged: Staged,
	{ target, run, isCurrent, canRead, where }: Finished,
	patience: Patience,
): Promise<Told> {
	let sent = 0;
	const options = publication(target, run, isCurrent);
	const ended = new AbortController();
	try {
		// Once under way it is not stopped at once: nobody would know whether the blob is the old one or the new one.
		const sending = async () =>
			await again(
				patience,
				async (_, silence) => {
					sent++;
					return await send(blob, staged, { ...options, abortSignal: AbortSignal.any([silence, ended.signal]) });
				},
				staged.kind === 'small' ? staged.data.length : 0,
			);
		return await endedAfterStop(patience.signal, () => ended.abort(), sending);
	} catch (fault) {
		// Also after a stop: the user is told what became of it.
		const looking = patience.signal.aborted ? { ...patience, signal: AbortSignal.timeout(STOPPED_MS) } : patience;
		const there = canRead ? await existing(blob, looking).catch(() => 'unseen' as const) : 'unseen';
		// Replies get lost, and a second try may be refused because the first one was done.
		if (there !== 'unseen' && there?.run === run) return 'untold';
		const code = azureCode(fault);
		const taken = TAKEN.has(code) || (BLOCKS_GONE.has(code) && there !== 'unseen' && there !== undefined);
		if (target.replace || !taken) throw lostInCommit(azureRefused(fault, where, 'publishing in', patience.signal));
		throw there === 'unseen' && sent > 1 ? perhapsOurs(blob, where) : alreadyThere(blob, where);
	}
}

async function send(
	blob: BlockBlobClient,
	staged: Staged,
	options: ReturnType<typeof publication> & { readonly abortSignal: AbortSignal },
): Promise<Told> {
	if (staged.kind === 'blocks') {
		const ids = staged.list.map(({ id }) => id);
		await blob.commitBlockList(ids, options);
		return 'untold';
	}
	const { data, md5 } = staged;
	const blobHTTPHeaders = { ...options.blobHTTPHeaders, blobContentMD5: md5 };
	const { contentMD5 } = await blob.upload(data, data.length, {
		...options,
		blobHTTPHeaders,
		transactionalContentMD5: md5,
	});
	return compareMd5(contentMD5, md5);
}

/** The name is taken, and what has it may not be replaced. */
export function alreadyThere({ name }: BlockBlobClient, where: Where): WritebackError {
	return new WritebackError('targetExists', `Blob ${shown(name)} already exists${placed('publishing in', where)}`, {
		hint: 'The target is unchanged. Choose Replace, Skip or Add Number in Publishing → If Exists, or another Filename.',
	});
}

function perhapsOurs({ name }: BlockBlobClient, where: Where): WritebackError {
	const what = `An answer of Azure was lost while ${shown(name)} was being published, and there is a blob of this name now`;
	return new PerhapsPublished('destinationInterrupted', what + placed('publishing in', where), {
		hint: 'It may be this one, complete; look there. A SAS token with the permission Read lets the node find out by itself.',
		// A second try would only find the name taken.
		retryable: false,
	});
}

function lostInCommit(fault: unknown): unknown {
	const isOpen = fault instanceof WritebackError && ['destinationInterrupted', 'cancelled'].includes(fault.reason);
	if (!isOpen) return fault;
	return new PerhapsPublished(
		'destinationInterrupted',
		`${fault.message}; this happened while the blob was being published`,
		{
			hint: 'The target may already hold the new blob, complete; look there, or run it again.',
		},
	);
}
