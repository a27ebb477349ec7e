import { azureSecrets } from '../../../nodes/shared/credentialFields';
import { badSetting } from '../../support/errors';
import { redactorOf } from '../../support/redact/redactor';
import type { Destination, Name } from '../destination';
import { anywhere, type Egress } from '../egressPolicy';
import type { Owner } from '../../support/fairSemaphore';
import { openBlockUpload } from './blockUpload';
import { checkAttributes } from './validateAttributes';
import { openService } from './client';
import { readBlobEndpoint, readContainerName } from './endpoint';
import { lookAt } from './blobProperties';
import { expiresSoon } from './sasExpiry';
import { readSas, type Sas } from './sas';
import type { Staging } from './blockStager';

/** The Azure credential as the user typed it; empty fields are empty strings. */
export interface AzureAccountFields {
	readonly accountName: string;
	readonly sasToken: string;
	readonly blobEndpoint: string;
}

export interface AzureFields extends AzureAccountFields {
	readonly container: string;
	readonly staging: Staging;
	/** How long Azure may owe an answer. */
	readonly idleMs: number;
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
		throw badSetting(
			'SAS Token',
			'it allows https only, but Blob Endpoint is http',
			'Make a token that allows HTTP too, for this test server.',
		);
	}
	return { endpoint, account: accountName.trim() || new URL(endpoint).hostname, sas };
}

/**
 * Puts blobs into one container. Throws `setting` for fields that cannot work. Every request stands for itself; blocks on their way are a
 * part of what the execution `owner` may hold. `redactor` is what the execution knows of its secrets.
 */
export function openAzureBlob(
	fields: AzureFields,
	egress: Egress = anywhere,
	owner: Owner = {},
	redactor = redactorOf(),
): Destination {
	redactor.add(azureSecrets(fields));
	const account = readAccount(fields);
	const container = readContainerName(fields.container);
	const where = { account: account.account, container, redact: redactor.foreign };
	const service = openService(account, egress, fields.idleMs);
	const client = service.client.getContainerClient(container);
	const { staging, idleMs } = fields;
	const canRead = account.sas.permissions === '' || account.sas.permissions.includes('r');
	const describe = (target: Name) =>
		[account.endpoint, where.container, ...blobName(target).split('/').map(encodeURIComponent)].join('/');
	return {
		cautions: expiresSoon(account.sas, account.account),
		describe,
		// Azure tells upper from lower case.
		identify: describe,
		look: async (target, signal) => {
			await egress.check(new URL(account.endpoint).hostname, 'Blob Endpoint');
			return await lookAt(client.getBlockBlobClient(blobName(target)), { canRead, where, idleMs }, signal);
		},
		openUpload: async (target, signal) => {
			await egress.check(new URL(account.endpoint).hostname, 'Blob Endpoint');
			checkAttributes(target.attributes, account.sas);
			const blob = client.getBlockBlobClient(blobName(target));
			return await openBlockUpload(blob, target, { canRead, staging, where, idleMs, owner }, signal);
		},
		close: async () => service.close(),
	};
}

function blobName({ folder, fileName }: Name): string {
	const trimmed = folder.replace(/^\/+/, '');
	return trimmed === '' ? fileName : `${trimmed}/${fileName}`;
}
