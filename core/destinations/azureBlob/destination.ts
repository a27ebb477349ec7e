import type { Destination, Name } from '../destination';
import { anywhere, type Egress } from '../egressPolicy';
import { type AzureAccountFields, azureSecrets, readAccount, type Staging } from './account';
import { lookAt } from './blobProperties';
import { openBlockUpload } from './blockUpload';
import { openService } from './client';
import { readContainerName } from './endpoint';
import { expiresSoon } from './sasExpiry';
import { checkAttributes } from './validateAttributes';
import type { Owner } from '../../support/fairSemaphore';
import { redactorOf } from '../../support/redact/redactor';

export interface AzureFields extends AzureAccountFields {
	readonly container: string;
	readonly staging: Staging;
	/** How long Azure may owe an answer. */
	readonly idleMs: number;
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
