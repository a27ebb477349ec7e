import { dirname, join } from 'node:path';
import { RestError } from '@azure/storage-blob';
import { toAzureError } from '../../../../core/destinations/azureBlob/azureErrors';
import type { Reason, WritebackError } from '../../../../core/support/errors';

/** The codes that the vendor's SDK lists; it does not export them. */
async function listedBySdk(): Promise<string[]> {
	const models = join(dirname(require.resolve('@azure/storage-blob')), 'generated/src/models/index.js');
	const { KnownStorageErrorCode } = await import(models);
	return Object.values(KnownStorageErrorCode);
}

function refusedWith(code: string, status: number): WritebackError {
	const fault = new RestError('said', { code, statusCode: status });
	return toAzureError(fault, { container: 'exports', account: 'acc' }, 'writing to') as WritebackError;
}

/** Statuses of those that pass are enough; with the last, the status that Azure documents for it. */
const PASSING: ReadonlyArray<readonly [string, number]> = [
	['InternalError', 500],
	['OperationTimedOut', 500],
	['ServerBusy', 503],
	['CannotVerifyCopySource', 500],
];

/** Of copies, snapshots, leases, page and append blobs, lists and query texts, which a writeback never asks for; the user sees them by name. */
const OF_OTHER_REQUESTS = new Set(
	`AccountAlreadyExists ConditionHeadersNotSupported InvalidRange InvalidXmlDocument InvalidXmlNodeValue
	MissingRequiredXmlNode MultipleConditionHeadersNotSupported OutOfRangeQueryParameterValue ResourceNotFound UnsupportedXmlNode
	AppendPositionConditionNotMet BlobOverwritten ContainerAlreadyExists CopyAcrossAccountsNotSupported CopyIdMismatch
	FeatureVersionMismatch IncrementalCopyBlobMismatch IncrementalCopyOfEarlierSnapshotNotAllowed
	IncrementalCopySourceMustBeSnapshot InfiniteLeaseDurationRequired InvalidOperation InvalidPageRange InvalidSourceBlobType
	InvalidSourceBlobUrl InvalidVersionForPageBlobOperation LeaseAlreadyBroken LeaseIdMismatchWithContainerOperation
	LeaseIdMismatchWithLeaseOperation LeaseIsBreakingAndCannotBeAcquired LeaseIsBreakingAndCannotBeChanged
	LeaseIsBrokenAndCannotBeRenewed LeaseNotPresentWithBlobOperation LeaseNotPresentWithContainerOperation
	LeaseNotPresentWithLeaseOperation MaxBlobSizeConditionNotMet NoPendingCopyOperation OperationNotAllowedOnIncrementalCopyBlob
	PreviousSnapshotCannotBeNewer PreviousSnapshotNotFound PreviousSnapshotOperationNotSupported SequenceNumberConditionNotMet
	SequenceNumberIncrementTooLarge SnapshotCountExceeded SnapshotOperationRateExceeded SourceConditionNotMet BlobNotArchived`.split(
		/\s+/,
	),
);

/** What the user is to hear: the reason, and a word of the way out. */
const EXPECTED: ReadonlyArray<readonly [codes: string, reason: Reason, hint: RegExp]> = [
	[
		'AuthenticationFailed InvalidAuthenticationInfo NoAuthenticationInformation PublicAccessNotPermitted',
		'destinationLogin',
		/new SAS token/,
	],
	['InvalidQueryParameterValue', 'destinationLogin', /whole token/],
	[
		'KeyBasedAuthenticationNotPermitted',
		'destinationLogin',
		/user delegation SAS.*Entra ID.*storage account key access/,
	],
	[
		'AuthorizationPermissionMismatch AuthorizationResourceTypeMismatch AuthorizationServiceMismatch',
		'destinationLogin',
		/Read, Write and Create/,
	],
	['AuthorizationProtocolMismatch', 'destinationLogin', /https/],
	['AuthorizationSourceIPMismatch', 'destinationLogin', /IP range/],
	['AuthorizationFailure', 'destinationLogin', /Networking/],
	['InsufficientAccountPermissions', 'destinationLogin', /primary region/],
	['AccountIsDisabled', 'destinationLogin', /Enable it/],
	['AccountBeingCreated', 'destinationInterrupted', /a few minutes/],
	['AccountRequiresHttps', 'setting', /https:/],
	[
		'KeyVaultEncryptionKeyNotFound KeyVaultAccessTokenCannotBeAcquired KeyVaultVaultNotFound',
		'destinationLogin',
		/key vault/,
	],
	['ContainerNotFound', 'targetRefused', /Create it/],
	['ContainerBeingDeleted ContainerDisabled', 'targetRefused', /another container/],
	['BlobAlreadyExists ResourceAlreadyExists', 'targetExists', /permission Write/],
	['UnauthorizedBlobOverwrite', 'destinationLogin', /permission Write/],
	[
		'BlobImmutableDueToPolicy ContainerImmutabilityPolicyLocked BlobImmutableDueToLegalHold ContainerHasLegalHold',
		'targetRefused',
		/'Filename' or 'Blob Container'/,
	],
	['BlobArchived', 'targetRefused', /access tier/],
	['BlobBeingRehydrated PendingCopyOperation', 'targetRefused', /Wait until/],
	[
		'BlobUsesCustomerSpecifiedEncryption InvalidBlobType SnapshotsPresent',
		'targetRefused',
		/Delete .*change 'Filename'/,
	],
	['LeaseIdMissing LeaseIdMismatchWithBlobOperation LeaseAlreadyPresent LeaseLost', 'targetRefused', /Break the lease/],
	['BlobOperationNotSupported', 'targetRefused', /Delete it once/],
	['ResourceTypeMismatch PathConflict PathAlreadyExists', 'targetRefused', /hierarchical namespace.*Folder/],
	[
		'InvalidResourceName InvalidUri OutOfRangeInput RequestUrlFailedToParse',
		'targetRefused',
		/'Folder' and 'Filename'/,
	],
	['BlockCountExceedsLimit RequestEntityTooLargeBlockCountExceedsLimit', 'targetRefused', /after a week/],
	['BlockListTooLong', 'targetRefused', /Raise Transfer → 'Block Size'/],
	['RequestBodyTooLarge', 'targetRefused', /Lower Transfer → 'Block Size'/],
	['FilesystemNotFound PathNotFound', 'setting', /blob\.core\.windows\.net/],
	[
		'MissingContentLengthHeader MissingRequiredHeader MissingRequiredQueryParameter UnsupportedQueryParameter UnsupportedHttpVerb InvalidHttpVerb',
		'targetRefused',
		/Blob Endpoint/,
	],
	['SystemInUse BlobNotFound ConditionNotMet TargetConditionNotMet', 'destinationInterrupted', /[Tt]ry again/],
	['InvalidBlockList InvalidBlobOrBlock InvalidBlockId', 'destinationInterrupted', /[Tt]ry again/],
	['Md5Mismatch InvalidMd5 Crc64Mismatch', 'incomplete', /[Tt]ry again/],
	['InvalidMetadata EmptyMetadataKey MetadataTooLarge', 'setting', /Metadata|Shorten/],
	['InvalidTag EmptyTagName DuplicateTagNames TagsTooLarge', 'setting', /Tags/],
	[
		'InvalidBlobTier BlobAccessTierNotSupportedForAccountType BlobTierInadequateForContentLength ContentLengthLargerThanTierLimit CannotChangeToLowerTier',
		'setting',
		/Access Tier/,
	],
	['InvalidHeaderValue InvalidInput UnsupportedHeader', 'targetRefused', /'Content Type' and 'Cache Control'/],
	[
		'BlobApiNotYetSupportedForHierarchicalNamespaceAccounts FeatureNotYetSupportedForHierarchicalNamespaceAccounts EndpointUnsupportedAccountFeatures',
		'targetRefused',
		/hierarchical namespace/,
	],
];
const ROWS = EXPECTED.flatMap(([codes, reason, hint]) => codes.split(' ').map((code) => [code, reason, hint] as const));

test.each(ROWS)('%s is %s, and the way out says %s', (code, reason, hint) => {
	// Whatever the status: proxies and services in front change it.
	for (const status of [400, 403, 404, 409, 412]) {
		const fault = refusedWith(code, status);
		expect(fault).toMatchObject({ reason, hint: expect.stringMatching(hint) });
		expect(fault.message).not.toContain('Azure answered with status');
		expect(fault.hint).not.toContain('Check Blob Container and Filename');
	}
});

test.each(PASSING)('%s passes', (code, status) => {
	expect(refusedWith(code, status)).toMatchObject({ reason: 'destinationInterrupted', retryable: true });
});

test.each([...OF_OTHER_REQUESTS, 'SomethingNew'])('%s is shown by name', (code) => {
	for (const status of [400, 403, 404, 409, 412]) {
		const { message, hint } = refusedWith(code, status);
		expect(message).toContain(code);
		expect(hint).not.toContain('Filename');
	}
});

test('every code that the SDK lists is one of these', async () => {
	const known = new Set([...ROWS, ...PASSING].map(([code]) => code));
	const listed = await listedBySdk();
	expect(listed.length).toBeGreaterThan(100);
	expect(listed.filter((code) => !known.has(code) && !OF_OTHER_REQUESTS.has(code))).toEqual([]);
});
