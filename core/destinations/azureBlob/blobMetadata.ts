import type { BlockBlobCommitBlockListOptions, Metadata } from '@azure/storage-blob';
import type { ExistingFile, Target } from '../destination';

/** What this node keeps in a blob's metadata. Names are lower case: HTTP does not keep the case of headers. */
const DATA_SET = 'domodatasetid';
const AS_OF = 'domoupdatedat';
const DATA_CURRENT_AT = 'domodatacurrentat';
const ROWS = 'domorows';
const SELECTION = 'domoselection';
/** Where a finished upload leaves its run id, so that a commit whose answer was lost can be recognised. */
const RUN = 'domowritebackrun';

/** The names that a user cannot give. */
export const OWN_NAMES: readonly string[] = [DATA_SET, AS_OF, DATA_CURRENT_AT, ROWS, SELECTION, RUN];

/** What both ways to publish a blob say about it, and on which condition they do it. */
export function commitOptions(
	{ replace, attributes }: Target,
	run: string,
	isCurrent: boolean,
): Omit<BlockBlobCommitBlockListOptions, 'abortSignal'> {
	const { contentType, cacheControl, accessTier, metadata, tags } = attributes;
	return {
		blobHTTPHeaders: {
			blobContentType: contentType,
			...(cacheControl !== undefined && { blobCacheControl: cacheControl }),
		},
		metadata: {
			...metadata,
			...(isCurrent ? versionIn(attributes) : { [DATA_SET]: attributes.dataSetId }),
			[RUN]: run,
		},
		...(accessTier !== undefined && { tier: accessTier }),
		...(Object.keys(tags).length > 0 && { tags }),
		...(!replace && { conditions: { ifNoneMatch: '*' } }),
	};
}

function versionIn({ dataSetId, asOf, dataCurrentAt, rows, selection }: Target['attributes']): Metadata {
	return {
		[DATA_SET]: dataSetId,
		...(asOf !== undefined && { [AS_OF]: asOf.toISOString() }),
		...(dataCurrentAt !== undefined && { [DATA_CURRENT_AT]: dataCurrentAt.toISOString() }),
		...(rows !== undefined && { [ROWS]: String(rows) }),
		...(selection !== undefined && { [SELECTION]: selection }),
	};
}

/** What the metadata of a blob says that this node has written; nothing for other blobs. */
export function readMetadata(metadata: Metadata): Omit<ExistingFile, 'bytes'> & { readonly run?: string } {
	const { [DATA_SET]: dataSetId, [RUN]: run, [ROWS]: rows, [SELECTION]: selection } = metadata;
	const [asOf, dataCurrentAt] = [timeOf(metadata[AS_OF]), timeOf(metadata[DATA_CURRENT_AT])];
	return {
		...(asOf !== undefined && { asOf }),
		...(dataSetId !== undefined && { dataSetId }),
		...(dataCurrentAt !== undefined && { dataCurrentAt }),
		...(rows !== undefined && { rows: Number(rows) }),
		...(selection !== undefined && { selection }),
		...(run !== undefined && { run }),
	};
}

function timeOf(text = ''): Date | undefined {
	const time = new Date(text);
	return Number.isNaN(time.getTime()) ? undefined : time;
}
