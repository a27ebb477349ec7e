import type { Meanings } from './errorMeaning';

/** Said before anything is sent, too. */
export const METADATA_BOUND = 'Shorten some, or remove them: Azure keeps 8 KiB of names and values at the most.';

const METADATA = 'Check Publishing → Metadata: names are letters, digits and _, e.g. source_system.';
const TAGS = 'Check Publishing → Tags: 10 at the most; letters, digits, spaces and + - . / : = _ only.';
const TIER =
	'Choose another Publishing → Access Tier, or remove it: not every kind of storage account has all of them.';
const VALUES = 'Check Access Tier, Tags, Metadata, Content Type and Cache Control in Publishing.';
const NAMESPACE =
	'Remove Tags and Access Tier in Publishing: accounts with a hierarchical namespace do not take all of them.';

/** What goes with a blob (learn.microsoft.com, "Blob service error codes"). */
export const VALUE_CODES: Meanings = {
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
	ContentLengthLargerThanTierLimit: ['setting', 'Access Tier: it does not take a blob of this size', TIER],
	CannotChangeToLowerTier: ['setting', 'Access Tier: Azure refused it', TIER],
	InvalidHeaderValue: ['targetRefused', 'Azure did not understand one of the values that go with the blob', VALUES],
	InvalidInput: ['targetRefused', 'Azure did not understand one of the values that go with the blob', VALUES],
	UnsupportedHeader: ['targetRefused', 'Azure does not support one of the values that go with the blob', VALUES],
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
