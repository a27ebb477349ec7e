import type { Meanings } from './errorMeaning';

/** What a token needs, for hints. */
export const PERMISSIONS =
	'Use a SAS token with the permissions Read, Write and Create (and Tags, if tags are set) for the service Blob and the resource type Object.';

const FRESH =
	"Its signature, validity period or account is wrong: check 'Account Name', and paste a new SAS token. A container SAS gives access only to its own container.";

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
		"The storage account doesn't allow SAS tokens that are signed with an account key",
		"Use a user delegation SAS of the container, signed with Microsoft Entra ID (az storage container generate-sas --as-user --auth-mode login; valid for up to 7 days). Or ask the account's owner to turn on Storage account → Configuration → Allow storage account key access.",
	],
	AuthorizationPermissionMismatch: ['destinationLogin', 'The SAS token lacks a permission', PERMISSIONS],
	AuthorizationResourceTypeMismatch: ['destinationLogin', 'The SAS token lacks a resource type', PERMISSIONS],
	AuthorizationServiceMismatch: ['destinationLogin', 'The SAS token is not for the Blob service', PERMISSIONS],
	AuthorizationProtocolMismatch: [
		'destinationLogin',
		'The SAS token allows https only',
		"Use an https address in 'Blob Endpoint', or a token that allows http.",
	],
	AuthorizationSourceIPMismatch: [
		'destinationLogin',
		"The SAS token does not allow n8n's IP address",
		"Create a token without an IP range, or with n8n's address.",
	],
	AuthorizationFailure: [
		'destinationLogin',
		"The storage account's firewall or the SAS token doesn't allow n8n",
		"Allow n8n's address under Storage account → Networking, and check the token's permissions.",
	],
	InsufficientAccountPermissions: [
		'destinationLogin',
		"The storage account can't be written to at this address",
		"Leave 'Blob Endpoint' empty, or use the address of the primary region; in a failover, wait until it is over.",
	],
	AccountIsDisabled: ['destinationLogin', 'The storage account is disabled', 'Enable it in the Azure portal.'],
	AccountBeingCreated: [
		'destinationInterrupted',
		'The storage account is still being created',
		'The target is unchanged. Try again in a few minutes.',
	],
	AccountRequiresHttps: [
		'setting',
		'Blob Endpoint: the storage account accepts only https',
		'Change the address to start with https://.',
	],
	KeyVaultEncryptionKeyNotFound: [
		'destinationLogin',
		'Azure cannot use the key that encrypts the storage account',
		"Ask the account's administrator to check that the key vault has the key and lets the account use it.",
	],
	KeyVaultAccessTokenCannotBeAcquired: [
		'destinationLogin',
		'Azure cannot use the key that encrypts the storage account',
		"Ask the account's administrator to check that the key vault has the key and lets the account use it.",
	],
	KeyVaultVaultNotFound: [
		'destinationLogin',
		'Azure cannot use the key that encrypts the storage account',
		"Ask the account's administrator to check that the key vault has the key and lets the account use it.",
	],
};
