import { type DataSet, readDataSet } from './dataSet';
import { askJson } from './json';
import type { DomoRequest } from './request';
import { webPage } from './webPage';

/** Domo's own limit of a page (developer.domo.com, DataSet API). */
const PAGE_SIZE = 50;

export interface DataSetPage {
	readonly dataSets: readonly DataSet[];
	/** Where the next page starts; undefined after the last one. */
	readonly nextOffset?: number;
}

/** One page of the DataSets this client may see, by name; `nameLike` keeps those whose name contains it, whatever the case. */
export async function searchDataSets(ask: DomoRequest, nameLike: string, offset: number): Promise<DataSetPage> {
	const query = { limit: PAGE_SIZE, offset, sort: 'name', ...(nameLike === '' ? {} : { nameLike }) };
	const found = await askJson(ask, '/v1/datasets', query);
	if (!Array.isArray(found)) throw webPage('');
	const dataSets = found.map(readDataSet).filter((dataSet) => dataSet !== undefined);
	// A short page may still be followed by another: only an empty one is the end.
	return found.length === 0 ? { dataSets } : { dataSets, nextOffset: offset + found.length };
}
