import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readFlag } from './parameterValues';
import type { AzureAccountFields } from '../../core/destinations/azureBlob/account';
import type { SftpFields } from '../../core/destinations/sftp/destination';

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

/** What is secret in an SFTP credential. */
export function sftpSecrets(fields: Pick<SftpFields, 'password' | 'privateKey' | 'passphrase'>): readonly string[] {
	return [fields.password, fields.privateKey, fields.passphrase];
}

/** What is secret in a Domo credential, its login of HTTP Basic included. */
export function domoSecrets(credential: ICredentialDataDecryptedObject): readonly string[] {
	const text = texts(credential);
	const secret = text('clientSecret');
	return [secret, text('accessToken'), ...(secret === '' ? [] : [`${text('clientId').trim()}:${secret.trim()}`])];
}

/** Reads fields as text, missing ones as empty. */
function texts(credential: ICredentialDataDecryptedObject): (name: string) => string {
	return (name) => String(credential[name] ?? '');
}
