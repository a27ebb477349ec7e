import type { Meanings } from './errorMeaning';

const AGAIN = 'The target is unchanged. Try again.';
const ELSEWHERE = "Change 'Filename' or 'Blob Container'.";
const NAME =
	"Check 'Folder' and 'Filename': together they can have up to 1,024 characters, and no part of them can end with a dot.";
const NAMESPACE =
	"The storage account has a hierarchical namespace, where a folder and a blob can't have the same name. Change 'Filename' or 'Folder'.";
const WEEK =
	"Interrupted uploads left them, and Azure deletes them after a week. Change 'Filename', or wait until then.";
const DATA_LAKE = "Leave it empty for Azure's public cloud, or use https://ACCOUNT.blob.core.windows.net.";
const LEASE = "Break the lease, or change 'Filename'.";
const NOT_BLOBS = "Check 'Blob Endpoint': it must be the address of a Blob service, not of another service.";

/** What is there already, and where (learn.microsoft.com, "Blob service error codes" and "Azure Data Lake Storage error codes"). */
export const TARGET_CODES: Meanings = {
	ContainerNotFound: [
		'targetRefused',
		'The container does not exist',
		'Create it in the Azure portal, or choose another container.',
	],
	ContainerBeingDeleted: [
		'targetRefused',
		'The container is being deleted',
		'Choose another container, or create it again later.',
	],
	ContainerDisabled: [
		'targetRefused',
		'The container is disabled',
		"Choose another container, or ask the account's administrator.",
	],
	BlobAlreadyExists: [
		'targetExists',
		'The blob already exists',
		"Change 'Filename', or use a SAS token with the permission Write to replace the blob.",
	],
	ResourceAlreadyExists: [
		'targetExists',
		'The blob already exists',
		"Change 'Filename', or use a SAS token with the permission Write to replace the blob.",
	],
	UnauthorizedBlobOverwrite: [
		'destinationLogin',
		"The blob already exists, and the SAS token doesn't allow replacing it",
		"Use a SAS token with the permission Write: Create alone doesn't replace blobs. Or change 'Filename' or 'Done File Name'.",
	],
	BlobImmutableDueToPolicy: ['targetRefused', 'An immutability policy protects the blob', ELSEWHERE],
	ContainerImmutabilityPolicyLocked: ['targetRefused', 'An immutability policy protects the blob', ELSEWHERE],
	BlobImmutableDueToLegalHold: ['targetRefused', 'A legal hold protects the blob', ELSEWHERE],
	ContainerHasLegalHold: ['targetRefused', 'A legal hold protects the blob', ELSEWHERE],
	BlobArchived: [
		'targetRefused',
		'The existing blob is archived',
		"Delete it, rehydrate it to another access tier first, or change 'Filename'.",
	],
	BlobBeingRehydrated: [
		'targetRefused',
		'The existing blob is being rehydrated from the archive',
		"Wait until it is rehydrated, or change 'Filename'.",
	],
	BlobUsesCustomerSpecifiedEncryption: [
		'targetRefused',
		'The existing blob is encrypted with its own key',
		"Delete it, or change 'Filename'.",
	],
	LeaseIdMissing: ['targetRefused', 'The blob has an active lease', LEASE],
	LeaseIdMismatchWithBlobOperation: ['targetRefused', 'The blob has an active lease', LEASE],
	LeaseAlreadyPresent: ['targetRefused', 'The blob has an active lease', LEASE],
	LeaseLost: ['targetRefused', 'The blob has an active lease', LEASE],
	SnapshotsPresent: [
		'targetRefused',
		'The existing blob has snapshots',
		"Delete them together with it, or change 'Filename'.",
	],
	PendingCopyOperation: [
		'targetRefused',
		'A copy to the blob is in progress',
		"Wait until it is finished, abort the copy, or change 'Filename'.",
	],
	InvalidBlobType: [
		'targetRefused',
		'The existing blob is of another type',
		"It is a page blob or an append blob, which a file cannot replace. Delete it, or change 'Filename'.",
	],
	BlobOperationNotSupported: [
		'targetRefused',
		'The existing blob was created through SFTP, NFS or the Data Lake API',
		"Azure doesn't allow blocks to replace it. Delete it once, and the node can replace its own blob from then on. Or change 'Filename'.",
	],
	ResourceTypeMismatch: ['targetRefused', 'A folder and a blob would have the same name', NAMESPACE],
	PathConflict: ['targetRefused', 'A folder and a blob would have the same name', NAMESPACE],
	PathAlreadyExists: ['targetRefused', 'A folder and a blob would have the same name', NAMESPACE],
	InvalidResourceName: ['targetRefused', "Azure doesn't accept the name of the blob", NAME],
	InvalidUri: ['targetRefused', "Azure doesn't accept the name of the blob", NAME],
	OutOfRangeInput: ['targetRefused', "Azure doesn't accept the name of the blob", NAME],
	RequestUrlFailedToParse: ['targetRefused', "Azure doesn't accept the name of the blob", NAME],
	BlockCountExceedsLimit: ['targetRefused', 'Too many uncommitted blocks exist under this name', WEEK],
	RequestEntityTooLargeBlockCountExceedsLimit: [
		'targetRefused',
		'Too many uncommitted blocks exist under this name',
		WEEK,
	],
	BlockListTooLong: [
		'targetRefused',
		'The file has more blocks than a blob can have',
		"Raise Transfer → 'Block Size', or remove it: the automatic size grows with the file.",
	],
	RequestBodyTooLarge: [
		'targetRefused',
		"Azure doesn't accept blocks of this size",
		"Lower Transfer → 'Block Size', or remove it.",
	],
	FilesystemNotFound: ['setting', 'Blob Endpoint: this is an address for Data Lake Storage', DATA_LAKE],
	PathNotFound: ['setting', 'Blob Endpoint: this is an address for Data Lake Storage', DATA_LAKE],
	MissingContentLengthHeader: ['targetRefused', "The server that answers isn't a Blob service", NOT_BLOBS],
	MissingRequiredHeader: ['targetRefused', "The server that answers isn't a Blob service", NOT_BLOBS],
	MissingRequiredQueryParameter: ['targetRefused', "The server that answers isn't a Blob service", NOT_BLOBS],
	UnsupportedQueryParameter: ['targetRefused', "The server that answers isn't a Blob service", NOT_BLOBS],
	UnsupportedHttpVerb: ['targetRefused', "The server that answers isn't a Blob service", NOT_BLOBS],
	InvalidHttpVerb: ['targetRefused', "The server that answers isn't a Blob service", NOT_BLOBS],
	SystemInUse: ['destinationInterrupted', 'Azure is busy with this container', AGAIN],
	BlobNotFound: ['destinationInterrupted', 'The blob was removed in the meantime', AGAIN],
	ConditionNotMet: ['destinationInterrupted', 'Another upload to the same blob interfered', AGAIN],
	TargetConditionNotMet: ['destinationInterrupted', 'Another upload to the same blob interfered', AGAIN],
	InvalidBlockList: ['destinationInterrupted', 'Another upload to the same blob interfered', AGAIN],
	InvalidBlobOrBlock: ['destinationInterrupted', 'Another upload to the same blob interfered', AGAIN],
	InvalidBlockId: ['destinationInterrupted', 'Another upload to the same blob interfered', AGAIN],
	Md5Mismatch: ['incomplete', 'A block arrived damaged', AGAIN],
	InvalidMd5: ['incomplete', 'A block arrived damaged', AGAIN],
	Crc64Mismatch: ['incomplete', 'A block arrived damaged', AGAIN],
};
