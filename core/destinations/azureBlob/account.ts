import { readBlobEndpoint } from './endpoint';
import { readSas, type Sas } from './sas';
import { invalidParameter } from '../../support/errors';

/** How data is cut into blocks and how many are on their way at once; `auto` suits most lines. */
export interface StagingOptions {
	readonly blockBytes: number | 'auto';
	readonly concurrency: number | 'auto';
}

/** The Azure credential as the user typed it; empty fields are empty strings. */
export interface AzureAccountFields {
	readonly accountName: string;
	readonly sasToken: string;
	readonly blobEndpoint: string;
}

/** A storage account and the token that opens it, checked. */
export interface AzureAccount {
	/** The service's address without a trailing slash. */
	readonly endpoint: string;
	readonly account: string;
	readonly sas: Sas;
}

/** Checks the fields of the credential. Throws `setting`, or `destinationLogin` for a token that its text shows to be expired. */
export function readAccount({ accountName, sasToken, blobEndpoint }: AzureAccountFields): AzureAccount {
	const endpoint = readBlobEndpoint(accountName, blobEndpoint);
	const sas = readSas(sasToken);
	if (sas.httpsOnly && endpoint.startsWith('http:')) {
		throw invalidParameter(
			'SAS Token',
			"it allows https only, but 'Blob Endpoint' is http",
			'Create a token that also allows HTTP for this test server.',
		);
	}
	return { endpoint, account: accountName.trim() || new URL(endpoint).hostname, sas };
}

/** What is secret in an Azure credential: the SAS as it was pasted, and its signature, in which a `+` may have become a space. */
export function azureSecrets({ sasToken }: Pick<AzureAccountFields, 'sasToken'>): readonly string[] {
	const line = sasToken.replace(/[\r\n]/g, '').replace(/&amp;/gi, '&');
	const signatures = [...line.matchAll(/sig=([^&;"'<>]+)/gi)].map(([, signature = '']) => signature.trim());
	return [sasToken, ...signatures, ...signatures.map((signature) => signature.replaceAll(' ', '+'))];
}
