import {
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodePropertyOptions,
	NodeApiError,
} from 'n8n-workflow';

import { askDomo } from '../../shared/domoRequest';
import { type DataSet, describeDataSet } from '../../../core/domo/dataSet';
import { askPage, seesNothing } from '../../../core/domo/dataSetList';
import { badSetting } from '../../../core/support/errors';
import { egressOf } from '../../shared/egressFilter';
import { nodeError } from '../../shared/nodeError';
import { azureFields, azureSecrets } from '../../shared/credentialFields';
import { readDataSetId } from '../../shared/dataSetLocator';
import { type Redactor, redactorOf } from '../../../core/support/redact/redactor';

/** The DataSets this client may see, a page at a time, for the editor's list. */
export async function searchDataSets(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const redactor = redactorOf();
	try {
		checkChosen(this, 'domoClientApi', 'Domo Credential');
		const offset = Number(paginationToken ?? 0);
		const page = await askPage(await askDomo(this, redactor), { nameLike: filter, sort: 'name' }, offset);
		if (page.length === 0 && offset === 0 && filter === '') throw seesNothing();
		const results = page.dataSets.map((dataSet) => ({
			name: `${dataSet.name}${figuresOf(dataSet)}`,
			value: dataSet.id,
			description: dataSet.id,
		}));
		return { results, ...(page.length === 0 ? {} : { paginationToken: String(offset + page.length) }) };
	} catch (fault) {
		throw listError(this, fault, redactor);
	}
}

/** The account's containers whose name starts with the filter, for the editor's list. */
export async function searchContainers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const redactor = redactorOf();
	try {
		checkChosen(this, 'azureBlobSasApi', 'Azure Blob SAS Credential');
		const fields = azureFields(await this.getCredentials('azureBlobSasApi'));
		redactor.add(azureSecrets(fields));
		const { listContainers } = await import('../../../core/destinations/azureBlob/containers');
		const { names, next } = await listContainers(fields, filter, paginationToken, egressOf(this));
		return {
			results: names.map((name) => ({ name, value: name })),
			...(next === undefined ? {} : { paginationToken: next }),
		};
	} catch (fault) {
		throw listError(this, fault, redactor);
	}
}

/** The columns of the DataSet that is chosen, for the editor's lists. */
export async function loadColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const redactor = redactorOf();
	try {
		checkChosen(this, 'domoClientApi', 'Domo Credential');
		const id = readDataSetId(this.getCurrentNodeParameter('dataSet'));
		const { schema } = await describeDataSet(await askDomo(this, redactor), id);
		// n8n takes a value that begins with = for an expression.
		return schema.map(({ name, type }) => ({ name, value: name.replace(/^=/, '=='), description: type }));
	} catch (fault) {
		throw listError(this, fault, redactor);
	}
}

/** What Domo lists beside the name; nothing where it lists nothing. */
function figuresOf({ rows, updatedAt }: DataSet): string {
	const figures = [
		...(rows === undefined ? [] : [`${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`]),
		...(updatedAt === '' ? [] : [`updated ${updatedAt.slice(0, 10)}`]),
	];
	return figures.length === 0 ? '' : ` (${figures.join(', ')})`;
}

/** What went wrong, as the only kind of error whose description n8n passes on to a list. */
function listError(n8n: ILoadOptionsFunctions, fault: unknown, redactor: Redactor): NodeApiError {
	const { message, description } = nodeError(n8n.getNode(), fault, 0, redactor);
	return new NodeApiError(n8n.getNode(), { message }, { message, description: description ?? '' });
}

/** n8n's own words for a missing credential name it as the code does. */
function checkChosen(n8n: ILoadOptionsFunctions, type: string, label: string): void {
	if (n8n.getNode().credentials?.[type] !== undefined) return;
	throw badSetting(label, 'none is chosen yet', `The list needs it: choose one under ${label}, or create it there.`);
}
