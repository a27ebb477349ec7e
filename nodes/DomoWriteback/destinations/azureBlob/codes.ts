import type { Reason } from '../../errors';

/** What a token needs, for hints. */
export const PERMISSIONS =
	'It needs the permissions Read, Write and Create (and Tags, if there are any) for the service Blob and the resource type Object.';

const METADATA = 'Check Publishing → Metadata: names are letters, digits and _, e.g. source_system.';
const TAGS = 'Check Publishing → Tags: 10 at the most; letters, digits, spaces and + - . / : = _ only.';
const TIER =
	'Choose another Publishing → Access Tier, or remove it: not every kind of storage account has all of them.';

/** Storage error codes (learn.microsoft.com, "Blob service error codes") and what they mean here. */
export const CODES: Readonly<Record<string, readonly [Reason, string, string]>> = {
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
	BlobImmutableDueToLegalHold: [
		'targetRefused',
		'A legal hold protects the blob',
		'Choose another Filename or container.',
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
	InvalidMetadata: ['setting', 'Azure refused the metadata', METADATA],
	EmptyMetadataKey: ['setting', 'Azure refused the metadata', METADATA],
	MetadataTooLarge: ['setting', 'The metadata is too large', 'Azure keeps 8 KiB of names and values at the most.'],
	InvalidTag: ['setting', 'Azure refused the tags', TAGS],
	EmptyTagName: ['setting', 'Azure refused the tags', TAGS],
	DuplicateTagNames: ['setting', 'Azure refused the tags', TAGS],
	TagsTooLarge: ['setting', 'Azure refused the tags', TAGS],
	InvalidBlobTier: ['setting', 'Azure refused the access tier', TIER],
	BlobAccessTierNotSupportedForAccountType: ['setting', 'The storage account has no such access tier', TIER],
	BlobTierInadequateForContentLength: ['setting', 'The access tier does not take a blob of this size', TIER],
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
