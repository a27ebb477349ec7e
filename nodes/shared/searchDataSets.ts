import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { domoRequest } from './domoRequest';
import { checkChosen, listError } from './listErrors';
import type { DataSet } from '../../core/domo/dataSet';
import { fetchDataSetPage, noDataSetsError } from '../../core/domo/dataSetList';
import { createRedactor } from '../../core/support/redact/redactor';

/** The DataSets this client may see, a page at a time, for the editor's list. */
export async function searchDataSets(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const redactor = createRedactor();
	try {
		checkChosen(this, 'domoClientApi', 'Domo Credential');
		const offset = Number(paginationToken ?? 0);
		const page = await fetchDataSetPage(await domoRequest(this, redactor), { nameLike: filter, sort: 'name' }, offset);
		if (page.length === 0 && offset === 0 && filter === '') throw noDataSetsError();
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

/** What Domo lists beside the name; nothing where it lists nothing. */
function figuresOf({ rows, updatedAt }: DataSet): string {
	const figures = [
		...(rows === undefined ? [] : [`${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`]),
		...(updatedAt === '' ? [] : [`updated ${updatedAt.slice(0, 10)}`]),
	];
	return figures.length === 0 ? '' : ` (${figures.join(', ')})`;
}
