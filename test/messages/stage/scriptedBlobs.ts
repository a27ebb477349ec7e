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
	['BlobArchived', 409, 'The blob that is there is archived'],
	['BlobBeingRehydrated', 409, 'The blob that is there is being'],
	['InvalidMetadata', 400, 'Metadata: Azure refused it'],
	['MetadataTooLarge', 400, 'Metadata: names and values'],
	['InvalidTag', 400, 'Tags: Azure refused them'],
	['InvalidBlobTier', 400, 'Access Tier: Azure refused it'],
	['BlobAccessTierNotSupportedForAccountType', 400, 'Access Tier: this storage account'],
	['BlobTierInadequateForContentLength', 409, 'Access Tier: it does not take'],
	['InvalidHeaderValue', 400, 'Azure did not understand'],
	['LeaseIdMissing', 412, 'Someone holds a lease'],
	['InvalidBlobType', 409, 'The blob that is there is of another'],
	['InvalidBlockList', 400, 'Another upload'],
	['Md5Mismatch', 400, 'A block arrived damaged'],
	['', 403, 'Azure refused the SAS token'],
	['', 404, 'Azure found nothing there'],
	['SomethingNew', 412, 'Azure answered with status 412, SomethingNew'],
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
