import { randomBytes } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import type { Target, Upload, UploadResult } from '../destination';
import type { StagingOptions } from './account';
import { azureCode, toAzureError, type BlobLocation } from './azureErrors';
import { readBlobProperties, isFolder, mayNotRead } from './blobProperties';
import { stageBlocks } from './blockStager';
import { targetExistsError, publish, TAKEN } from './commit';
import { retryRequest, type RetryOptions } from './retryRequest';
import type { Sas } from './sas';
import { bytesOf, isConfirmed, type StagedData } from './stagedData';
import { verifyBlob } from './verifyBlob';
import { invalidParameter, cancelled, type WritebackError } from '../../support/errors';
import { withGraceAfter } from '../../support/idleTimeout';
import type { Owner } from '../../support/fairSemaphore';

/** What an upload needs to know beside its blob. */
export interface UploadOptions {
	/** Whether the SAS may read, and so look at what Azure holds, as far as its text tells. */
	readonly canRead: boolean;
	readonly sas: Pick<Sas, 'permissions'>;
	readonly staging: StagingOptions;
	readonly where: BlobLocation;
	readonly idleMs: number;
	/** The execution whose share of the memory it takes. */
	readonly owner?: Owner;
}

const NOTHING: StagedData = { kind: 'blocks', list: [], areUnsafe: false };

/**
 * Starts an upload of staged blocks. Rejects when the container is missing, the SAS is refused, or a blob is there that may not be
 * replaced. Azure drops blocks that were never committed after a week; readers never see them.
 */
export async function openBlockUpload(
	blob: BlockBlobClient,
	target: Target,
	options: UploadOptions,
	signal: AbortSignal,
): Promise<Upload> {
	if (signal.aborted) throw cancelled();
	const { sas, staging, where, idleMs, owner } = options;
	let { canRead } = options;
	const retry = { signal, idleMs };
	const isTaken = async () => !target.replace && canRead && (await readBlobProperties(blob, retry)) !== undefined;
	// Asking for the blob shows a wrong container or token before Domo's data is on its way.
	const look = async () =>
		await readBlobProperties(blob, retry).catch((fault: unknown) => {
			if (!mayNotRead(fault, sas)) return refusedWhile('looking into')(fault);
			canRead = false;
			return undefined;
		});
	const existing = canRead ? await look() : undefined;
	if (existing?.isFolder === true) throw isFolder(blob, where);
	if (existing !== undefined && !target.replace) throw targetExistsError(blob, where);
	const run = randomBytes(12).toString('hex');
	const canReadBack = canRead && target.attributes.accessTier !== 'Archive';
	const mustAnswer = target.verifyContent && !canReadBack;
	const stageOptions = {
		...staging,
		idleMs,
		canRead,
		readsBack: target.verifyContent && canReadBack,
		...(owner && { owner }),
	};
	let staged: StagedData = NOTHING;
	let proof: Pick<UploadResult, 'verifiedBy' | 'notes'> = { verifiedBy: 'size', notes: [] };

	function refusedWhile(doing: string): (fault: unknown) => never {
		return (fault) => {
			throw toAzureError(fault, where, doing, signal);
		};
	}

	function forget(): undefined {
		if (staged.kind === 'small') staged.release();
		staged = NOTHING;
	}

	return {
		write: async (body) => {
			try {
				staged = await stageBlocks(body, blob, run, stageOptions, signal);
				const held = await heldBytes(blob, staged, canRead, retry);
				// Publishing a blob drops the blocks that others have staged for it.
				if (held !== bytesOf(staged) && (await isTaken())) throw targetExistsError(blob, where);
				if (mustAnswer && staged.kind === 'blocks' && !isConfirmed(staged))
					throw staged.areUnsafe ? replaceable() : unprovable(canRead);
				return held;
			} catch (fault) {
				if (!target.replace && TAKEN.has(azureCode(fault))) throw targetExistsError(blob, where);
				return refusedWhile('writing to')(fault);
			}
		},
		// Blocks that are not committed cannot be read: what is stored is compared once it is.
		readsBack: false,
		verify: async () => undefined,
		commit: async (isCurrent = true) => {
			// Azure keeps what a blob in the archive says, and a SAS without Read may not change it: it must not say too much from the start.
			const isKnown = canReadBack || staged.kind === 'small' || !staged.areUnsafe;
			const finished = { target, run, isCurrent: isCurrent && isKnown, canRead, where };
			const { comparison, etag } = await publish(blob, staged, finished, retry);
			// Also after a stop, for a while: what is published is a success only once it has been compared.
			proof = await withGraceAfter(signal, async (over) => {
				const lasting = { ...retry, signal: over };
				const published = { blob, staged, target, run, where, canRead, canReadBack, etag, retry: lasting };
				return await verifyBlob(published, comparison);
			});
			forget();
		},
		abort: async () => forget(),
		result: () => ({ removed: [], ...proof }),
	};
}

/** What Azure says it holds of this upload. Without the right to ask, what it has acknowledged, each block with its checksum. */
async function heldBytes(
	blob: BlockBlobClient,
	staged: StagedData,
	canRead: boolean,
	retry: RetryOptions,
): Promise<number> {
	// A small body is still here; Azure checks it against its checksum when it is published, and refuses anything else.
	if (staged.kind === 'small' || !canRead) return bytesOf(staged);
	const { uncommittedBlocks = [] } = await retryRequest(
		retry,
		async (abortSignal) => await blob.getBlockList('uncommitted', { abortSignal }),
	);
	const held = new Map(uncommittedBlocks.map(({ name, size }) => [name, size]));
	return staged.list.reduce((bytes, { id }) => bytes + (held.get(id) ?? 0), 0);
}

function unprovable(canRead: boolean): WritebackError {
	return canRead
		? invalidParameter(
				'Verify Content',
				"Azure returned no checksum for what it stored, and an archived blob can't be read back",
				"Change Publishing → 'Access Tier', or turn off Publishing → 'Verify Content'.",
			)
		: invalidParameter(
				'Verify Content',
				"Azure returned no checksum for what it stored, and the SAS token doesn't allow reading the blob back",
				"Use a SAS token with the permission Read, or turn off Publishing → 'Verify Content'.",
			);
}

function replaceable(): WritebackError {
	return invalidParameter(
		'Verify Content',
		"another tool's blocks under this name have IDs so short that they may replace this upload's, and the blob can't be read back",
		"Change 'Filename', wait a week until Azure deletes those blocks, or use a SAS token with the permission Read and another access tier than Archive.",
	);
}
