import type { BlockBlobClient } from '@azure/storage-blob';
import type { ExistingFile } from '../destination';
import { azureCode, toAzureError, placed, type BlobLocation } from './azureErrors';
import { readMetadata } from './blobMetadata';
import type { Sas } from './sas';
import { retryRequest, type RetryOptions } from './retryRequest';
import { sanitize, WritebackError } from '../../support/errors';

/** A blob that is there already, and which version of it. */
export interface ExistingBlob {
	readonly found: ExistingFile;
	/** Of the upload that put it there, if it was this node's. */
	readonly run?: string;
	readonly etag?: string;
	/** Accounts with a hierarchical namespace have real folders, which look like blobs of 0 bytes. */
	readonly isFolder: boolean;
}

/** What there is under a blob's name now; undefined when there is nothing. Rejects with the SDK's fault. */
export async function readBlobProperties(
	blob: BlockBlobClient,
	retry: RetryOptions,
): Promise<ExistingBlob | undefined> {
	try {
		const properties = await retryRequest(retry, async (abortSignal) => await blob.getProperties({ abortSignal }));
		const { contentLength = 0, metadata = {}, etag } = properties;
		const { run, ...version } = readMetadata(metadata);
		return {
			found: { bytes: contentLength, ...version },
			...(run !== undefined && { run }),
			...(etag !== undefined && { etag }),
			isFolder: metadata.hdi_isfolder === 'true',
		};
	} catch (fault) {
		if (azureCode(fault) === 'BlobNotFound') return undefined;
		throw fault;
	}
}

/** Whether a SAS may not read although its own text doesn't say so: a stored access policy holds its permissions. */
export function mayNotRead(fault: unknown, { permissions }: Pick<Sas, 'permissions'>): boolean {
	return permissions === '' && azureCode(fault) === 'AuthorizationPermissionMismatch';
}

/** The same for a user who asks. Rejects with `destinationLogin` when the SAS may not read, and with `targetRefused` for a folder. */
export async function statBlob(
	blob: BlockBlobClient,
	{ canRead, sas, where, idleMs }: StatOptions,
	signal: AbortSignal,
): Promise<ExistingFile | undefined> {
	if (!canRead) throw cannotLook(where);
	const existing = await readBlobProperties(blob, { signal, idleMs }).catch((fault: unknown) => {
		throw mayNotRead(fault, sas) ? cannotLook(where) : toAzureError(fault, where, 'looking into', signal);
	});
	if (existing?.isFolder === true) throw isFolder(blob, where);
	return existing?.found;
}

interface StatOptions {
	readonly canRead: boolean;
	readonly sas: Sas;
	readonly where: BlobLocation;
	readonly idleMs: number;
}

function cannotLook(where: BlobLocation): WritebackError {
	const what = "The SAS token doesn't allow reading, so the node can't check whether the blob already exists";
	return new WritebackError('destinationLogin', what + placed('looking into', where), {
		hint: "Use a SAS token with the permission Read, or choose Replace in Publishing → 'If Exists'.",
	});
}

export function isFolder({ name }: BlockBlobClient, where: BlobLocation): WritebackError {
	return new WritebackError('targetRefused', `${sanitize(name)} is a folder${placed('looking into', where)}`, {
		hint: "The storage account has a hierarchical namespace, where a folder and a blob can't have the same name. Change 'Filename'.",
	});
}
