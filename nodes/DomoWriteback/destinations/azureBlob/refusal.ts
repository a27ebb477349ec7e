import { RestError } from '@azure/storage-blob';
import { cancelled, networkFault, type Reason, shown, WritebackError } from '../../errors';

/** What a hint names. */
export interface Where {
	readonly container: string;
	readonly account: string;
}

const PERMISSIONS =
	'It needs the permissions Read, Write and Create for the service Blob and the resource type Object.';

/** Storage error codes (learn.microsoft.com, "Blob service error codes") and what they mean here. */
const CODES: Readonly<Record<string, readonly [Reason, string, string]>> = {
	AuthenticationFailed: [
		'destinationLogin',
		'Azure refused the SAS token',
		'Its signature, time or account is wrong: check Account Name and paste a fresh SAS token. A container SAS opens only its own container.',
	],
	AuthorizationPermissionMismatch: ['destinationLogin', 'The SAS token lacks a permission', PERMISSIONS],
	AuthorizationResourceTypeMismatch: ['destinationLogin', 'The SAS token lacks a resource type', PERMISSIONS],
	AuthorizationServiceMismatch: ['destinationLogin', 'The SAS token is not for the Blob service', PERMISSIONS],
	AuthorizationProtocolMismatch: [
		'destinationLogin',
		'The SAS token allows https only',
		'Use an https Blob Endpoint, or a token that allows http.',
	],
	AuthorizationSourceIPMismatch: [
		'destinationLogin',
		"The SAS token does not allow n8n's IP address",
		'Make a token without an IP range, or with the address n8n has.',
	],
	AuthorizationFailure: [
		'destinationLogin',
		"The storage account's firewall or the SAS token does not let n8n in",
		"Allow n8n's address under Storage account → Networking, and check the token's permissions.",
	],
	PublicAccessNotPermitted: ['destinationLogin', 'The SAS token was not accepted', 'Paste a fresh SAS token.'],
	AccountIsDisabled: ['destinationLogin', 'The storage account is disabled', 'Enable it in the Azure portal.'],
	ContainerNotFound: [
		'targetRefused',
		'The container does not exist',
		'Create it in the Azure portal, or choose another Blob Container.',
	],
	ContainerBeingDeleted: [
		'targetRefused',
		'The container is being deleted',
		'Choose another Blob Container, or create it again later.',
	],
	BlobAlreadyExists: [
		'targetExists',
		'The blob is already there',
		'Choose another Filename; replacing needs a SAS token with the permission Write.',
	],
	UnauthorizedBlobOverwrite: [
		'targetExists',
		'The blob is already there and the SAS token may not replace it',
		'Use a SAS token with the permission Write.',
	],
	BlobImmutableDueToPolicy: [
		'targetRefused',
		'An immutability policy protects the blob',
		'Choose another Filename or container.',
	],
	LeaseIdMissing: [
		'targetRefused',
		'Someone holds a lease on the blob',
		'Break the lease, or choose another Filename.',
	],
	InvalidBlobType: [
		'targetRefused',
		'The blob that is there is of another type',
		'Delete it, or choose another Filename.',
	],
	InvalidBlockList: [
		'destinationInterrupted',
		'Another upload to the same blob came in between',
		'Run it again; nothing was published.',
	],
	InvalidBlobOrBlock: [
		'destinationInterrupted',
		'Another upload to the same blob came in between',
		'Run it again; nothing was published.',
	],
	Md5Mismatch: ['incomplete', 'A block arrived damaged', 'Run it again; nothing was published.'],
};

/** What the SDK's error means. The SDK's own object is dropped: it holds the request's address, and with it the signature. */
export function azureRefused(
	fault: unknown,
	{ container, account }: Where,
	doing: string,
	signal?: AbortSignal,
): unknown {
	if (fault instanceof WritebackError) return fault;
	if (signal?.aborted) return cancelled();
	if (!(fault instanceof RestError)) return isAbort(fault) ? cancelled() : fault;
	const code = azureCode(fault);
	const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
	const place = ` (${doing} ${container === '' ? 'the containers' : `container ${shown(container)}`} of ${shown(account)})`;
	if (known !== undefined) return new WritebackError(known[0], known[1] + place, { hint: known[2] });
	const status = fault.statusCode ?? 0;
	if (status === 403 || status === 401)
		return new WritebackError('destinationLogin', `Azure refused the SAS token${place}`, { hint: PERMISSIONS });
	if (status === 404)
		return new WritebackError('targetRefused', `Azure found nothing there${place}`, {
			hint: 'Check Blob Container, Account Name and Blob Endpoint.',
		});
	const retryable = status === 0 || status === 408 || status === 429 || status >= 500;
	const said = status === 0 ? networkFault(fault) : `status ${status}${shown(code).replace(/^(?=.)/, ', ')}`;
	const reason = retryable ? 'destinationInterrupted' : 'targetRefused';
	const hint = retryable
		? 'Nothing was published. Check Account Name and Blob Endpoint if it stays; else run it again.'
		: 'Check Blob Container and Filename.';
	return new WritebackError(reason, `Azure did not take the data: ${said}${place}`, { hint });
}

/** Azure's name for a refusal; answers without a body carry it in a header only. Empty when there is none. */
export function azureCode(fault: unknown): string {
	if (!(fault instanceof RestError)) return '';
	return fault.code ?? fault.response?.headers.get('x-ms-error-code') ?? '';
}

function isAbort(fault: unknown): boolean {
	return fault instanceof Error && fault.name === 'AbortError';
}
