import type { Meanings } from './errorMeaning';

/** What a token needs, for hints. */
export const PERMISSIONS =
	'Use a SAS token with the permissions Read, Write and Create (and Tags, if there are any) for the service Blob and the resource type Object.';

const FRESH =
	'Its signature, time or account is wrong: check Account Name and paste a fresh SAS token. A container SAS opens only its own container.';

/** Who may do what (learn.microsoft.com, "Common REST API error codes" and "Authorize operations for data access"). */
export const LOGIN_CODES: Meanings = {
	AuthenticationFailed: ['destinationLogin', 'Azure refused the SAS token', FRESH],
	InvalidAuthenticationInfo: ['destinationLogin', 'Azure refused the SAS token', FRESH],
	NoAuthenticationInformation: ['destinationLogin', 'Azure refused the SAS token', FRESH],
	PublicAccessNotPermitted: ['destinationLogin', 'Azure refused the SAS token', FRESH],
	InvalidQueryParameterValue: [
		'destinationLogin',
		'Azure does not understand the SAS token',
		'Paste the whole token again, as the Azure portal shows it.',
	],
	KeyBasedAuthenticationNotPermitted: [
		'destinationLogin',
		'The storage account allows no SAS token that is signed with an account key',
		"Use a user delegation SAS of the container, signed with Microsoft Entra ID (az storage container generate-sas --as-user --auth-mode login; good for up to 7 days). Or the account's owner turns on Storage account → Configuration → Allow storage account key access.",
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
	InsufficientAccountPermissions: [
		'destinationLogin',
		'The storage account cannot be written at this address',
		'Leave Blob Endpoint empty, or use the address of the primary region; in a failover, wait until it is over.',
	],
	AccountIsDisabled: ['destinationLogin', 'The storage account is disabled', 'Enable it in the Azure portal.'],
	AccountBeingCreated: [
		'destinationInterrupted',
		'The storage account is still being created',
		'The target is unchanged; run it again in some minutes.',
	],
	AccountRequiresHttps: [
		'setting',
		'Blob Endpoint: the storage account takes https only',
		'Let the address start with https://.',
	],
	KeyVaultEncryptionKeyNotFound: [
		'destinationLogin',
		'Azure cannot use the key that encrypts the storage account',
		"Ask the account's administrator: the key vault must have the key, and let the account use it.",
	],
	KeyVaultAccessTokenCannotBeAcquired: [
		'destinationLogin',
		'Azure cannot use the key that encrypts the storage account',
		"Ask the account's administrator: the key vault must have the key, and let the account use it.",
	],
	KeyVaultVaultNotFound: [
		'destinationLogin',
		'Azure cannot use the key that encrypts the storage account',
		"Ask the account's administrator: the key vault must have the key, and let the account use it.",
	],
};
