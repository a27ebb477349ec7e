import type { BlockBlobCommitBlockListOptions, Metadata } from '@azure/storage-blob';
import type { Existing, Target } from '../destination';

/** What this node keeps in a blob's metadata. Names are lower case: HTTP does not keep the case of headers. */
const DATA_SET = 'domodatasetid';
const AS_OF = 'domoupdatedat';
/** Where a finished upload leaves its run id, so that a commit whose answer was lost can be recognised. */
const RUN = 'domowritebackrun';

/** The names that a user cannot give. */
export const OWN_NAMES: readonly string[] = [DATA_SET, AS_OF, RUN];

/** What both ways to publish a blob say about it, and on which condition they do it. */
export function publication(
	{ replace, attributes }: Target,
	run: string,
): Omit<BlockBlobCommitBlockListOptions, 'abortSignal'> {
	const { dataSetId, asOf, contentType, cacheControl, accessTier, metadata, tags } = attributes;
	return {
		blobHTTPHeaders: {
			blobContentType: contentType,
			...(cacheControl !== undefined && { blobCacheControl: cacheControl }),
		},
		metadata: {
			...metadata,
			[DATA_SET]: dataSetId,
			...(asOf !== undefined && { [AS_OF]: asOf.toISOString() }),
			[RUN]: run,
		},
		...(accessTier !== undefined && { tier: accessTier }),
		...(Object.keys(tags).length > 0 && { tags }),
		...(!replace && { conditions: { ifNoneMatch: '*' } }),
	};
}

/** What the metadata of a blob says that this node has written; nothing for anybody else's. */
export function readMetadata(metadata: Metadata): Pick<Existing, 'asOf' | 'dataSetId'> & { readonly run?: string } {
	const { [DATA_SET]: dataSetId, [RUN]: run, [AS_OF]: time = '' } = metadata;
	const asOf = new Date(time);
	return {
		...(Number.isNaN(asOf.getTime()) ? {} : { asOf }),
		...(dataSetId !== undefined && { dataSetId }),
		...(run !== undefined && { run }),
	};
}
