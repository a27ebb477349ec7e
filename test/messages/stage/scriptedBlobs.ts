import { createServer } from 'node:http';
import { listening } from './listen';

/** Azure's refusals (learn.microsoft.com, "Blob service error codes"), statuses without a name, and how the message begins. */
export const ANSWERS: ReadonlyArray<readonly [code: string, status: number, says: string]> = [
	['AuthenticationFailed', 403, 'Azure refused the SAS token'],
	['AuthorizationPermissionMismatch', 403, 'The SAS token lacks a permission'],
	['AuthorizationResourceTypeMismatch', 403, 'The SAS token lacks a resource type'],
	['AuthorizationServiceMismatch', 403, 'The SAS token is not for the Blob service'],
	['AuthorizationProtocolMismatch', 403, 'The SAS token allows https only'],
	['AuthorizationSourceIPMismatch', 403, "The SAS token does not allow n8n's IP"],
	['AuthorizationFailure', 403, "The storage account's firewall"],
	['AccountIsDisabled', 403, 'The storage account is disabled'],
	['ContainerNotFound', 404, 'The container does not exist'],
	['ContainerBeingDeleted', 409, 'The container is being deleted'],
	['BlobAlreadyExists', 409, 'The blob already exists ('],
	['UnauthorizedBlobOverwrite', 403, 'The blob already exists, and'],
	['BlobImmutableDueToPolicy', 409, 'An immutability policy'],
	['BlobImmutableDueToLegalHold', 409, 'A legal hold'],
	['BlobArchived', 409, 'The existing blob is archived'],
	['BlobBeingRehydrated', 409, 'The existing blob is being'],
	['InvalidMetadata', 400, 'Metadata: Azure refused it'],
	['MetadataTooLarge', 400, 'Metadata: names and values'],
	['InvalidTag', 400, 'Tags: Azure refused them'],
	['InvalidBlobTier', 400, 'Access Tier: Azure refused it'],
	['BlobAccessTierNotSupportedForAccountType', 400, 'Access Tier: this storage account'],
	['BlobTierInadequateForContentLength', 409, "Access Tier: this tier doesn't accept"],
	['InvalidHeaderValue', 400, "Azure didn't understand"],
	['LeaseIdMissing', 412, 'The blob has an active lease'],
	['InvalidBlobType', 409, 'The existing blob is of another'],
	['InvalidBlockList', 400, 'Another upload'],
	['Md5Mismatch', 400, 'A block arrived damaged'],
	['KeyBasedAuthenticationNotPermitted', 403, "The storage account doesn't allow SAS tokens that are signed"],
	['InvalidQueryParameterValue', 400, 'Azure does not understand the SAS token'],
	['InsufficientAccountPermissions', 403, "The storage account can't be written to at this address"],
	['AccountBeingCreated', 409, 'The storage account is still being created'],
	['AccountRequiresHttps', 400, 'Blob Endpoint: the storage account accepts only https'],
	['KeyVaultVaultNotFound', 403, 'Azure cannot use the key'],
	['ContainerDisabled', 409, 'The container is disabled'],
	['BlobUsesCustomerSpecifiedEncryption', 409, 'The existing blob is encrypted'],
	['SnapshotsPresent', 409, 'The existing blob has snapshots'],
	['PendingCopyOperation', 409, 'A copy to the blob is in progress'],
	['BlobOperationNotSupported', 409, 'The existing blob was created through SFTP'],
	['ResourceTypeMismatch', 409, 'A folder and a blob would have the same name'],
	['InvalidResourceName', 400, "Azure doesn't accept the name"],
	['BlockCountExceedsLimit', 409, 'Too many uncommitted blocks exist'],
	['BlockListTooLong', 400, 'The file has more blocks'],
	['RequestBodyTooLarge', 413, "Azure doesn't accept blocks of this size"],
	['FilesystemNotFound', 404, 'Blob Endpoint: this is an address for Data Lake'],
	['MissingRequiredHeader', 400, "The server that answers isn't a Blob service"],
	['UnsupportedHeader', 400, "Azure doesn't support one of the blob's attributes"],
	['EndpointUnsupportedAccountFeatures', 409, 'A storage account with a hierarchical'],
	['SystemInUse', 409, 'Azure is busy with this container'],
	['BlobGone', 404, 'Azure found nothing there, BlobGone'],
	['', 403, 'Azure refused the SAS token'],
	['', 404, 'Azure found nothing there'],
	['SomethingNew', 412, 'Azure answered with status 412, SomethingNew'],
	['', 418, 'Azure answered with status 418'],
	['ServerBusy', 503, 'Azure answered with status 503, ServerBusy'],
];

/** What the container is called in which everything is answered so. */
export const containerOf = (code: string, status: number) =>
	`answers-${status}-${code.toLowerCase()}`.replace(/-$/, '');

/** A blob service that answers nothing else, and asks to be left alone for an hour where a client would try again. */
export async function startScriptedBlobs() {
	const server = createServer(({ url = '' }, response) => {
		const found = ANSWERS.find(([code, status]) => url.split(/[/?]/).includes(containerOf(code, status)));
		const [code, status] = found ?? ['ResourceNotFound', 404];
		const name: Record<string, string> = code === '' ? {} : { 'x-ms-error-code': code };
		response.writeHead(status, { ...name, ...(status >= 500 && { 'retry-after': '3600' }) }).end();
	});
	const { port, close } = await listening(server);
	return { blobEndpoint: `http://127.0.0.1:${port}/account`, close };
}
