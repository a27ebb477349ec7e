import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { AzureAccountFields } from './destinations/azureBlob/azureBlob';
import type { SftpFields } from './destinations/sftp/sftp';
import { readFlag } from './parameters/spellings';

/** The SFTP credential, field by field. */
export function sftpFields(credential: ICredentialDataDecryptedObject): Omit<SftpFields, 'idleMs' | 'connections'> {
	const text = texts(credential);
	return {
		hostname: text('hostname'),
		port: Number(credential.port ?? 22),
		username: text('username'),
		password: text('password'),
		privateKey: text('privateKey'),
		passphrase: text('passphrase'),
		hostKeyCheck: credential.hostKeyCheck === 'any' ? 'any' : 'pinned',
		hostKeyFingerprint: text('hostKeyFingerprint'),
		// Left out, as in a credential of an older package, it is off.
		legacyAlgorithms: readFlag(credential.legacyAlgorithms ?? false, 'Legacy Algorithms'),
	};
}

/** The Azure credential, field by field. */
export function azureFields(credential: ICredentialDataDecryptedObject): AzureAccountFields {
	const text = texts(credential);
	return { accountName: text('accountName'), sasToken: text('sasToken'), blobEndpoint: text('blobEndpoint') };
}

/** The secret part of a SAS token; empty when it has none. */
export function signature(sasToken: string): string {
	return /(?:^|[?&])sig=([^&\s]+)/.exec(sasToken)?.[1] ?? '';
}

/** Reads fields as text, missing ones as empty. */
export function texts(credential: ICredentialDataDecryptedObject): (name: string) => string {
	return (name) => String(credential[name] ?? '');
}
