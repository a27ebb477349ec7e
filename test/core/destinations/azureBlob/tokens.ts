import {
	AccountSASPermissions,
	AccountSASResourceTypes,
	AccountSASServices,
	type BlobSASSignatureValues,
	ContainerSASPermissions,
	generateAccountSASQueryParameters,
	generateBlobSASQueryParameters,
	SASProtocol,
	StorageSharedKeyCredential,
} from '@azure/storage-blob';

/** Seconds since 1970 as tokens hold them. */
const HOUR_MS = 3_600_000;
const soon = (ms: number): Date => new Date(Date.now() + ms);

export const keyOf = (secret: string): StorageSharedKeyCredential =>
	new StorageSharedKeyCredential('account', Buffer.from(secret.padEnd(64, '.')).toString('base64'));

const KEY = keyOf('secret');

export interface TokenOptions {
	readonly permissions?: string;
	readonly services?: string;
	readonly resourceTypes?: string;
	readonly startsInMs?: number;
	readonly expiresInMs?: number;
	readonly protocol?: SASProtocol;
	readonly key?: StorageSharedKeyCredential;
}

/** An account SAS as Microsoft's own library makes it. */
export function accountSas(options: TokenOptions = {}): string {
	const { permissions = 'rwc', services = 'b', resourceTypes = 'co', key = KEY } = options;
	const { startsInMs, expiresInMs = HOUR_MS, protocol = SASProtocol.HttpsAndHttp } = options;
	return generateAccountSASQueryParameters(
		{
			...(startsInMs === undefined ? {} : { startsOn: soon(startsInMs) }),
			expiresOn: soon(expiresInMs),
			permissions: AccountSASPermissions.parse(permissions),
			services: AccountSASServices.parse(services).toString(),
			resourceTypes: AccountSASResourceTypes.parse(resourceTypes).toString(),
			protocol,
		},
		key,
	).toString();
}

/** A service SAS for a container, or for what `more` names, e.g. a blob or a stored access policy. */
export function containerSas(permissions: string, more: Partial<BlobSASSignatureValues> = {}, key = KEY): string {
	const values = {
		containerName: 'exports',
		...(permissions === '' ? {} : { permissions: ContainerSASPermissions.parse(permissions) }),
		...('identifier' in more ? {} : { expiresOn: soon(HOUR_MS) }),
		...more,
	};
	return generateBlobSASQueryParameters(values, key).toString();
}

/** The values of a token, decoded. */
export const fieldsOf = (token: string): Record<string, string> => Object.fromEntries(new URLSearchParams(token));

/** The token without the field `name`. */
export function without(token: string, name: string): string {
	return token
		.split('&')
		.filter((pair) => !pair.startsWith(`${name}=`))
		.join('&');
}
