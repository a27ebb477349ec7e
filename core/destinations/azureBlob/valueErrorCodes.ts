import type { Meanings } from './errorMeaning';

/** Said before anything is sent, too. */
export const METADATA_BOUND = 'Shorten or remove some. Azure stores up to 8 KiB of names and values per blob.';

const METADATA = "Check Publishing → 'Metadata': names are letters, digits and _, e.g. source_system.";
const TAGS =
	"Check Publishing → 'Tags'. A blob can have up to 10, with only letters, digits, spaces and + - . / : = _.";
const TIER = "Change or remove Publishing → 'Access Tier'. Not every kind of storage account supports all tiers.";
const VALUES = "Check 'Access Tier', 'Tags', 'Metadata', 'Content Type' and 'Cache Control' under Publishing.";
const NAMESPACE =
	"Remove 'Tags' and 'Access Tier' under Publishing. Accounts with a hierarchical namespace don't support all of them.";

/** What goes with a blob (learn.microsoft.com, "Blob service error codes"). */
export const VALUE_CODES: Meanings = {
	InvalidMetadata: ['setting', 'Metadata: Azure refused it', METADATA],
	EmptyMetadataKey: ['setting', 'Metadata: Azure refused it', METADATA],
	MetadataTooLarge: ['setting', 'Metadata: names and values are too long in total', METADATA_BOUND],
	InvalidTag: ['setting', 'Tags: Azure refused them', TAGS],
	EmptyTagName: ['setting', 'Tags: Azure refused them', TAGS],
	DuplicateTagNames: ['setting', 'Tags: Azure refused them', TAGS],
	TagsTooLarge: ['setting', 'Tags: Azure refused them', TAGS],
	InvalidBlobTier: ['setting', 'Access Tier: Azure refused it', TIER],
	BlobAccessTierNotSupportedForAccountType: ['setting', "Access Tier: this storage account doesn't support it", TIER],
	BlobTierInadequateForContentLength: ['setting', "Access Tier: this tier doesn't accept a blob of this size", TIER],
	ContentLengthLargerThanTierLimit: ['setting', "Access Tier: this tier doesn't accept a blob of this size", TIER],
	CannotChangeToLowerTier: ['setting', 'Access Tier: Azure refused it', TIER],
	InvalidHeaderValue: ['targetRefused', "Azure didn't understand one of the blob's attributes", VALUES],
	InvalidInput: ['targetRefused', "Azure didn't understand one of the blob's attributes", VALUES],
	UnsupportedHeader: ['targetRefused', "Azure doesn't support one of the blob's attributes", VALUES],
	BlobApiNotYetSupportedForHierarchicalNamespaceAccounts: [
		'targetRefused',
		'A storage account with a hierarchical namespace does not support this',
		NAMESPACE,
	],
	FeatureNotYetSupportedForHierarchicalNamespaceAccounts: [
		'targetRefused',
		'A storage account with a hierarchical namespace does not support this',
		NAMESPACE,
	],
	EndpointUnsupportedAccountFeatures: [
		'targetRefused',
		'A storage account with a hierarchical namespace does not support this',
		NAMESPACE,
	],
};
