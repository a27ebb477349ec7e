import type { Destination, Name } from '../destination';
import { allowAllHosts, type EgressPolicy } from '../egressPolicy';
import { type AzureAccountFields, azureSecrets, readAccount, type StagingOptions } from './account';
import { statBlob } from './blobProperties';
import { openBlockUpload } from './blockUpload';
import { openService } from './client';
import { readContainerName } from './endpoint';
import { expiryWarnings } from './sasExpiry';
import { validateAttributes } from './validateAttributes';
import type { Owner } from '../../support/fairSemaphore';
import { createRedactor } from '../../support/redact/redactor';

export interface AzureFields extends AzureAccountFields {
	readonly container: string;
	readonly staging: StagingOptions;
	/** How long Azure may owe an answer. */
	readonly idleMs: number;
}

/**
 * Puts blobs into one container. Throws `setting` for fields that cannot work. Requests are independent; blocks on their way are a
 * part of what the execution `owner` may hold. `redactor` is what the execution knows of its secrets.
 */
export function openAzureBlob(
	fields: AzureFields,
	egress: EgressPolicy = allowAllHosts,
	owner: Owner = {},
	redactor = createRedactor(),
): Destination {
	redactor.add(azureSecrets(fields));
	const account = readAccount(fields);
	const container = readContainerName(fields.container);
	const where = { account: account.account, container, redact: redactor.foreign };
	const service = openService(account, egress, fields.idleMs);
	const client = service.client.getContainerClient(container);
	const { staging, idleMs } = fields;
	const { sas } = account;
	// What a stored access policy allows, the first look at a blob shows.
	const canRead = sas.permissions === '' || sas.permissions.includes('r');
	const describe = (target: Name) =>
		[account.endpoint, where.container, ...blobName(target).split('/').map(encodeURIComponent)].join('/');
	return {
		warnings: expiryWarnings(sas, account.account),
		describe,
		// Azure tells upper from lower case.
		identify: describe,
		stat: async (target, signal) => {
			await egress.check(new URL(account.endpoint).hostname, 'Blob Endpoint');
			return await statBlob(client.getBlockBlobClient(blobName(target)), { canRead, sas, where, idleMs }, signal);
		},
		openUpload: async (target, signal) => {
			await egress.check(new URL(account.endpoint).hostname, 'Blob Endpoint');
			validateAttributes(target.attributes, sas);
			const blob = client.getBlockBlobClient(blobName(target));
			return await openBlockUpload(blob, target, { canRead, sas, staging, where, idleMs, owner }, signal);
		},
		close: async () => service.close(),
	};
}

function blobName({ folder, fileName }: Name): string {
	const trimmed = folder.replace(/^\/+/, '');
	return trimmed === '' ? fileName : `${trimmed}/${fileName}`;
}
