import { RestError } from '@azure/storage-blob';
import type { UploadReport } from '../destination';
import { existing } from './blobProperties';
import { isAsSent } from './readBack';
import { bytesOf, isConfirmed } from './stagedData';
import { damaged, type PublishedBlob, unproven, unread } from './withdrawBlob';

/** What Azure told of a blob's content beside what was sent. */
export type Told = 'same' | 'other' | 'untold';

const REPLACED =
	'Another upload has replaced the blob before all of it could be read back; what was sent was complete.';

/**
 * What is known of the content of a blob that was just published: from the checksums Azure made of what it stored, or read back.
 * Rejects with `PerhapsPublished` when it is not what was sent, or cannot be read although it must.
 */
export async function prove(
	published: PublishedBlob,
	answer: Told,
): Promise<Pick<UploadReport, 'verifiedBy' | 'notes'>> {
	const { staged, target, canReadBack } = published;
	const isSmall = staged.kind === 'small';
	if (answer === 'other') throw await damaged(published);
	const verifiedBy = (isSmall ? answer === 'same' : isConfirmed(staged)) ? 'content' : 'size';
	const mustRead = target.verifyContent || (!isSmall && staged.areUnsafe);
	// The size of what was staged was looked at before it was published.
	const isEnough = !mustRead && (!isSmall || verifiedBy === 'content');
	if (target.verifyContent && !canReadBack && verifiedBy !== 'content') throw unproven(published);
	if (isEnough || !canReadBack) return { verifiedBy, notes: [] };
	const found = await lookAgain(published, mustRead);
	if (found === 'other') throw await damaged(published);
	if (found === 'replaced') return { verifiedBy, notes: mustRead ? [REPLACED] : [] };
	return { verifiedBy: mustRead ? 'content' : verifiedBy, notes: [] };
}

/** Reads the blob back, or only its size. A change of its properties alone is none of its content. */
async function lookAgain(published: PublishedBlob, content: boolean): Promise<'same' | 'other' | 'replaced'> {
	const { blob, staged, run, patience } = published;
	try {
		for (;;) {
			const there = await existing(blob, patience);
			if (there?.run !== run || there.etag === undefined) return 'replaced';
			if (there.found.bytes !== bytesOf(staged)) return 'other';
			if (!content) return 'same';
			const isSame = await isAsSent(blob, staged, there.etag, patience).catch(unlessChanged);
			if (isSame !== undefined) return isSame ? 'same' : 'other';
		}
	} catch (fault) {
		// The size alone is looked at for good measure: Azure has taken all of it.
		if (!content) return 'same';
		throw await unread(published, fault);
	}
}

/** Another version, or none: which one, the next look tells. */
function unlessChanged(fault: unknown): undefined {
	if (fault instanceof RestError && (fault.statusCode === 412 || fault.statusCode === 404)) return undefined;
	throw fault;
}
