import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { askDomo } from './askDomo';
import { searchDataSets as search } from './domo/search';
import { nodeError } from './nodeError';
import { azureFields, signature } from './parameters';

/** The DataSets this client may see, a page at a time, for the editor's list. */
export async function searchDataSets(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const page = await search(await askDomo(this), filter, Number(paginationToken ?? 0));
		const results = page.dataSets.map(({ id, name, rows, updatedAt }) => ({
			name: `${name} (${rows.toLocaleString('en-US')} rows, updated ${updatedAt.slice(0, 10)})`,
			value: id,
			description: id,
		}));
		return { results, ...(page.nextOffset === undefined ? {} : { paginationToken: String(page.nextOffset) }) };
	} catch (fault) {
		throw nodeError(this.getNode(), fault, 0, []);
	}
}

/** The account's containers whose name starts with the filter, for the editor's list. */
export async function searchContainers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const fields = azureFields(await this.getCredentials('azureBlobSasApi'));
	try {
		const { listContainers } = await import('./destinations/azureBlob/containers');
		const { names, next } = await listContainers(fields, filter, paginationToken);
		return {
			results: names.map((name) => ({ name, value: name })),
			...(next === undefined ? {} : { paginationToken: next }),
		};
	} catch (fault) {
		throw nodeError(this.getNode(), fault, 0, [fields.sasToken, signature(fields.sasToken)]);
	}
}
