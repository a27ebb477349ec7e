import type { BlockBlobClient } from '@azure/storage-blob';
import { PerhapsPublished, type Target } from '../destination';
import { azureRefused, placed, type Where } from './azureErrors';
import { publication } from './blobMetadata';
import { existing } from './blobProperties';
import { again, type Patience } from './retryRequest';
import type { Staged } from './stagedData';
import { WritebackError } from '../../support/errors';

/** A blob that was published, and what it should hold. */
export interface PublishedBlob {
	readonly blob: BlockBlobClient;
	readonly staged: Staged;
	readonly target: Target;
	readonly run: string;
	readonly where: Where;
	/** Whether the SAS and the blob's access tier let its content be read. */
	readonly canReadBack: boolean;
	readonly patience: Patience;
}

/** How long a blob may take to be withdrawn when the execution was stopped. */
const STOPPED_MS = 5_000;

/** The fault to reject with when Azure holds something else than was sent, after it was withdrawn as far as that goes. */
export async function damaged(published: PublishedBlob): Promise<PerhapsPublished> {
	const { target, where } = published;
	const isWithdrawn = await succeeds(withdraw(published, !target.replace));
	return new PerhapsPublished('incomplete', `Azure does not hold what was sent${placed('reading back from', where)}`, {
		hint: `${whatToDo(isWithdrawn, target.replace)}; if it stays, look for a proxy on the way to Azure that changes what passes.`,
		// Another try would take it for a blob that is there already.
		retryable: isWithdrawn,
	});
}

function whatToDo(isWithdrawn: boolean, replace: boolean): string {
	if (!isWithdrawn) return 'The target holds the damaged blob. Delete it, then run it again';
	return replace
		? 'The target holds the damaged blob. Run it again to replace it'
		: 'The damaged blob was removed again. Run it again';
}

/** The fault to reject with when a published blob could not be read back. */
export async function unread(published: PublishedBlob, fault: unknown): Promise<unknown> {
	const { target, where, patience } = published;
	const refused = azureRefused(fault, where, 'reading back from', patience.signal);
	if (!(refused instanceof WritebackError)) return refused;
	const isWithdrawn = target.replace && (await succeeds(withdraw(published, false)));
	return new PerhapsPublished(
		refused.reason,
		`${refused.message}; the blob is published, but was not compared with what was sent`,
		{
			hint: 'The target holds the new blob, and Azure took all of it. Run it again, or turn off Publishing → Verify Content.',
			retryable: refused.retryable && isWithdrawn,
		},
	);
}

/** The fault to reject with when a published blob can be neither read back nor told by its checksum. */
export function unproven({ where }: PublishedBlob): PerhapsPublished {
	const what = 'Azure told no checksum of what it published, and it cannot be read back';
	return new PerhapsPublished('targetRefused', what + placed('publishing in', where), {
		hint: 'The target holds the new blob. Use a SAS token with the permission Read and another access tier than Archive, or turn off Publishing → Verify Content.',
	});
}

/** Removes the blob, or takes away what says that it holds the present data; nobody else's blob. Rejects when that did not work. */
async function withdraw({ blob, target, run, patience }: PublishedBlob, remove: boolean): Promise<void> {
	const bounds = patience.signal.aborted ? { ...patience, signal: AbortSignal.timeout(STOPPED_MS) } : patience;
	const { metadata } = publication(target, run, false);
	const there = await existing(blob, bounds);
	if (there?.run !== run || there.etag === undefined) return;
	const conditions = { ifMatch: there.etag };
	await again(bounds, async (abortSignal) =>
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
