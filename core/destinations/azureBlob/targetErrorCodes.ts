import type { Meanings } from './errorMeaning';

const AGAIN = 'The target is unchanged; run it again.';
const ELSEWHERE = 'Choose another Filename or Blob Container.';
const NAME =
	'Check Folder and Filename: together they have 1,024 characters at the most, and no part of them ends with a dot.';
const NAMESPACE =
	'The storage account has a hierarchical namespace, where a folder and a blob cannot have one name. Choose another Filename or Folder.';
const WEEK =
	'Uploads that broke off have left them; Azure drops them after a week. Choose another Filename, or wait until then.';
const DATA_LAKE = "Leave it empty for Azure's public cloud, or use https://ACCOUNT.blob.core.windows.net.";
const LEASE = 'Break the lease, or choose another Filename.';
const NOT_BLOBS = 'Check Blob Endpoint: it must be the address of a Blob service, not of another one.';

/** What is there already, and where (learn.microsoft.com, "Blob service error codes" and "Azure Data Lake Storage error codes"). */
export const TARGET_CODES: Meanings = {
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
	ContainerDisabled: [
		'targetRefused',
		'The container is disabled',
		"Choose another Blob Container, or ask the account's administrator.",
	],
	BlobAlreadyExists: [
		'targetExists',
		'The blob already exists',
		'Choose another Filename; replacing needs a SAS token with the permission Write.',
	],
	ResourceAlreadyExists: [
		'targetExists',
		'The blob already exists',
		'Choose another Filename; replacing needs a SAS token with the permission Write.',
	],
	UnauthorizedBlobOverwrite: [
		'targetExists',
		'The blob already exists, and the SAS token may not replace it',
		'Use a SAS token with the permission Write, or choose another Filename.',
	],
	BlobImmutableDueToPolicy: ['targetRefused', 'An immutability policy protects the blob', ELSEWHERE],
	ContainerImmutabilityPolicyLocked: ['targetRefused', 'An immutability policy protects the blob', ELSEWHERE],
	BlobImmutableDueToLegalHold: ['targetRefused', 'A legal hold protects the blob', ELSEWHERE],
	ContainerHasLegalHold: ['targetRefused', 'A legal hold protects the blob', ELSEWHERE],
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
	BlobUsesCustomerSpecifiedEncryption: [
		'targetRefused',
		'The blob that is there is encrypted with a key of its own',
		'Delete it, or choose another Filename.',
	],
	LeaseIdMissing: ['targetRefused', 'Someone holds a lease on the blob', LEASE],
	LeaseIdMismatchWithBlobOperation: ['targetRefused', 'Someone holds a lease on the blob', LEASE],
	LeaseAlreadyPresent: ['targetRefused', 'Someone holds a lease on the blob', LEASE],
	LeaseLost: ['targetRefused', 'Someone holds a lease on the blob', LEASE],
	SnapshotsPresent: [
		'targetRefused',
		'The blob that is there has snapshots',
		'Delete them together with it, or choose another Filename.',
	],
	PendingCopyOperation: [
		'targetRefused',
		'Something is being copied to the blob',
		'Wait until it is there, abort the copy, or choose another Filename.',
	],
	InvalidBlobType: [
		'targetRefused',
		'The blob that is there is of another type',
		'It is a page blob or an append blob, which a file cannot replace. Delete it, or choose another Filename.',
	],
	BlobOperationNotSupported: [
		'targetRefused',
		'The blob that is there was made by SFTP, NFS or the Data Lake API',
		'Azure does not let blocks replace it. Delete it once, and the node can replace its own blob from then on; or choose another Filename.',
	],
	ResourceTypeMismatch: ['targetRefused', 'A folder and a blob would have the same name', NAMESPACE],
	PathConflict: ['targetRefused', 'A folder and a blob would have the same name', NAMESPACE],
	PathAlreadyExists: ['targetRefused', 'A folder and a blob would have the same name', NAMESPACE],
	InvalidResourceName: ['targetRefused', 'Azure does not take the name of the blob', NAME],
	InvalidUri: ['targetRefused', 'Azure does not take the name of the blob', NAME],
	OutOfRangeInput: ['targetRefused', 'Azure does not take the name of the blob', NAME],
	RequestUrlFailedToParse: ['targetRefused', 'Azure does not take the name of the blob', NAME],
	BlockCountExceedsLimit: ['targetRefused', 'Too many blocks wait under this name', WEEK],
	RequestEntityTooLargeBlockCountExceedsLimit: ['targetRefused', 'Too many blocks wait under this name', WEEK],
	BlockListTooLong: [
		'targetRefused',
		'The file has more blocks than a blob can have',
		'Raise Transfer → Block Size, or remove it: Automatic grows with the file.',
	],
	RequestBodyTooLarge: [
		'targetRefused',
		'Azure does not take blocks of this size',
		'Lower Transfer → Block Size, or remove it.',
	],
	FilesystemNotFound: ['setting', 'Blob Endpoint: this is an address for Data Lake Storage', DATA_LAKE],
	PathNotFound: ['setting', 'Blob Endpoint: this is an address for Data Lake Storage', DATA_LAKE],
	MissingContentLengthHeader: ['targetRefused', 'What answers is no Blob service', NOT_BLOBS],
	MissingRequiredHeader: ['targetRefused', 'What answers is no Blob service', NOT_BLOBS],
	MissingRequiredQueryParameter: ['targetRefused', 'What answers is no Blob service', NOT_BLOBS],
	UnsupportedQueryParameter: ['targetRefused', 'What answers is no Blob service', NOT_BLOBS],
	UnsupportedHttpVerb: ['targetRefused', 'What answers is no Blob service', NOT_BLOBS],
	InvalidHttpVerb: ['targetRefused', 'What answers is no Blob service', NOT_BLOBS],
	SystemInUse: ['destinationInterrupted', 'Azure is busy with this container', AGAIN],
	BlobNotFound: ['destinationInterrupted', 'The blob was removed meanwhile', AGAIN],
	ConditionNotMet: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	TargetConditionNotMet: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	InvalidBlockList: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	InvalidBlobOrBlock: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	InvalidBlockId: ['destinationInterrupted', 'Another upload to the same blob came in between', AGAIN],
	Md5Mismatch: ['incomplete', 'A block arrived damaged', AGAIN],
	InvalidMd5: ['incomplete', 'A block arrived damaged', AGAIN],
	Crc64Mismatch: ['incomplete', 'A block arrived damaged', AGAIN],
};
