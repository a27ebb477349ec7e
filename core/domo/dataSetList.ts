import { WritebackError } from '../support/errors';
import { type DataSet, readDataSet } from './dataSet';
import { unexpectedJson } from './htmlPage';
import { requestJson } from './jsonRequest';
import type { DomoRequest } from './request';

/** Domo's own limit of a page (developer.domo.com, DataSet API). */
const PAGE_SIZE = 50;

/** A page of a list, and how much of the list it is: `length` also counts what is no DataSet. Only an empty page is the end: a short one may be followed by another. */
export interface DataSetPage {
	readonly dataSets: readonly DataSet[];
	readonly length: number;
}

export interface PageQuery {
	/** Keeps those whose name contains it, whatever the case; empty keeps all. */
	readonly nameLike: string;
	/** `dataSourceId` never changes, so an update or another name moves no DataSet to another page. */
	readonly sort: 'name' | 'dataSourceId' | 'lastUpdated';
}

/** One page of the DataSets that this client may see; empty past the end. */
export async function fetchDataSetPage(
	request: DomoRequest,
	{ nameLike, sort }: PageQuery,
	offset: number,
): Promise<DataSetPage> {
	const query = { limit: PAGE_SIZE, offset, sort, ...(nameLike === '' ? {} : { nameLike }) };
	const found = await requestJson(request, '/v1/datasets', query, { what: 'list' });
	if (!Array.isArray(found)) throw unexpectedJson();
	const dataSets = found.map(readDataSet).filter((dataSet) => dataSet !== undefined);
	return { dataSets, length: found.length };
}

/** Domo lists nothing at all to this client. */
export function noDataSetsError(): WritebackError {
	return new WritebackError('dataSetNotFound', 'This client sees no DataSets', {
		hint: 'In Domo, share at least one DataSet with the user of the Domo client.',
	});
}
