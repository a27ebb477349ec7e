import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { azureSecrets } from '../../../core/destinations/azureBlob/account';
import { createRedactor } from '../../../core/support/redact/redactor';
import { azureFields } from '../../shared/credentialFields';
import { egressPolicyOf } from '../../shared/egressFilter';
import { checkChosen, listError } from '../../shared/listErrors';

/** The account's containers whose name starts with the filter, for the editor's list. */
export async function searchContainers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const redactor = createRedactor();
	try {
		checkChosen(this, 'azureBlobSasApi', 'Azure Blob SAS Credential');
		const fields = azureFields(await this.getCredentials('azureBlobSasApi'));
		redactor.add(azureSecrets(fields));
		const { listContainers } = await import('../../../core/destinations/azureBlob/containers');
		const { names, next } = await listContainers(fields, filter, paginationToken, egressPolicyOf(this));
		return {
			results: names.map((name) => ({ name, value: name })),
			...(next === undefined ? {} : { paginationToken: next }),
		};
	} catch (fault) {
		throw listError(this, fault, redactor);
	}
}
