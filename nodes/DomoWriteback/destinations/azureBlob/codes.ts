import type { Reason } from '../../errors';

/** What a token needs, for hints. */
export const PERMISSIONS =
	'Use a SAS token with the permissions Read, Write and Create (and Tags, if there are any) for the service Blob and the resource type Object.';

/** Said before anything is sent, too. */
export const METADATA_BOUND = 'Shorten some, or remove them: Azure keeps 8 KiB of names and values at the most.';

const FRESH =
	'Its signature, time or account is wrong: check Account Name and paste a fresh SAS token. A container SAS opens only its own container.';
const METADATA = 'Check Publishing → Metadata: names are letters, digits and _, e.g. source_system.';
const AGAIN = 'The target is unchanged; run it again.';
const TAGS = 'Check Publishing → Tags: 10 at the most; letters, digits, spaces and + - . / : = _ only.';
const TIER =
	'Choose another Publishing → Access Tier, or remove it: not every kind of storage account has all of them.';

/** Storage error codes (learn.microsoft.com, "Blob service error codes") and what they mean here. */
export const CODES: Readonly<Record<string, readonly [Reason, string, string]>> = {
	AuthenticationFailed: ['destinationLogin', 'Azure refused the SAS token', FRESH],
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
	PublicAccessNotPermitted: ['destinationLogin', 'Azure refused the SAS token', FRESH],
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
		'The blob already exists',
		'Choose another Filename; replacing needs a SAS token with the permission Write.',
	],
	UnauthorizedBlobOverwrite: [
		'targetExists',
		'The blob already exists, and the SAS token may not replace it',
		'Use a SAS token with the permission Write, or choose another Filename.',
	],
	BlobImmutableDueToPolicy: [
		'targetRefused',
		'An immutability policy protects the blob',
		'Choose another Filename or Blob Container.',
	],
	BlobImmutableDueToLegalHold: [
		'targetRefused',
		'A legal hold protects the blob',
		'Choose another Filename or Blob Container.',
	],
	BlobArchived: [
		'targetRefused',
		'The blob that is there is archived',
		'Delete it, bring it back to another access tier first, or choose another Filename.',
	],
	BlobBeingRehydrated: [
		'targetRefused',
		'The blob that is there is being brought back from the archive',
		'Wait until it is back, or choose another Filename.',
	],
	InvalidMetadata: ['setting', 'Metadata: Azure refused it', METADATA],
	EmptyMetadataKey: ['setting', 'Metadata: Azure refused it', METADATA],
	MetadataTooLarge: ['setting', 'Metadata: names and values are too long together', METADATA_BOUND],
	InvalidTag: ['setting', 'Tags: Azure refused them', TAGS],
	EmptyTagName: ['setting', 'Tags: Azure refused them', TAGS],
	DuplicateTagNames: ['setting', 'Tags: Azure refused them', TAGS],
	TagsTooLarge: ['setting', 'Tags: Azure refused them', TAGS],
	InvalidBlobTier: ['setting', 'Access Tier: Azure refused it', TIER],
	BlobAccessTierNotSupportedForAccountType: ['setting', 'Access Tier: this storage account does not have it', TIER],
	BlobTierInadequateForContentLength: ['setting', 'Access Tier: it does not take a blob of this size', TIER],
	InvalidHeaderValue: [
		'targetRefused',
		'Azure did not understand one of the values that go with the blob',
		'Check Access Tier, Tags, Metadata, Content Type and Cache Control in Publishing.',
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
	InvalidBlockList: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	InvalidBlobOrBlock: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	Md5Mismatch: ['incomplete', 'A block arrived damaged', AGAIN],
};
