import type { UploadResult } from '../destination';
import { readBlobProperties } from './blobProperties';
import { isAsSent } from './readBack';
import { bytesOf, isConfirmed } from './stagedData';
import { damaged, isOtherVersion, type PublishedBlob, unproven, unread } from './withdrawBlob';

/** What Azure told of a blob's content beside what was sent. */
export type Md5Comparison = 'same' | 'other' | 'unknown';

const REPLACED =
	'Another upload replaced the blob before it could be read back completely. What was sent was complete.';

const UNREAD =
	"Another tool's blocks under the blob's name had IDs so short that they may have replaced some of this upload's, and the blob can't be read back. Compare it with 'sha256', or write it again under another name.";

/**
 * What is known of the content of a blob that was just published: from the checksums Azure made of what it stored, or read back.
 * Rejects with `CommitOutcomeUnknown` when it is not what was sent, or cannot be read although it must.
 */
export async function verifyBlob(
	published: PublishedBlob,
	answer: Md5Comparison,
): Promise<Pick<UploadResult, 'verifiedBy' | 'notes'>> {
	const { staged, target, canReadBack } = published;
	const isSmall = staged.kind === 'small';
	if (answer === 'other') throw await damaged(published);
	const verifiedBy = (isSmall ? answer === 'same' : isConfirmed(staged)) ? 'content' : 'size';
	const mustRead = target.verifyContent || (!isSmall && staged.areUnsafe);
	// The size of what was staged was looked at before it was published.
	const isEnough = !mustRead && (!isSmall || verifiedBy === 'content');
	if (target.verifyContent && !canReadBack && verifiedBy !== 'content') throw await unproven(published);
	if (isEnough || !canReadBack) return { verifiedBy, notes: mustRead && verifiedBy !== 'content' ? [UNREAD] : [] };
	const found = await readBackBlob(published, mustRead);
	if (found === 'other') throw await damaged(published);
	if (found === 'replaced') return { verifiedBy, notes: mustRead ? [REPLACED] : [] };
	return { verifiedBy: mustRead ? 'content' : verifiedBy, notes: [] };
}

/** Reads the blob back, or only its size. A change of its properties alone is none of its content. */
async function readBackBlob(published: PublishedBlob, content: boolean): Promise<'same' | 'other' | 'replaced'> {
	const { blob, staged, run, retry } = published;
	try {
		for (;;) {
			const current = await readBlobProperties(blob, retry);
			if (current?.run !== run || current.etag === undefined) return 'replaced';
			if (current.found.bytes !== bytesOf(staged)) return 'other';
			if (!content) return 'same';
			const isSame = await isAsSent(blob, staged, current.etag, retry).catch(unlessChanged);
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
	if (isOtherVersion(fault)) return undefined;
	throw fault;
}
