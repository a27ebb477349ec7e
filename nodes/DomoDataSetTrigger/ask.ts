import { askJson } from '../DomoWriteback/domo/json';
import type { DomoRequest } from '../DomoWriteback/domo/request';
import { webPage } from '../DomoWriteback/domo/webPage';
import { WritebackError } from '../DomoWriteback/errors';
import { type Listed, readListed } from './listed';

/** Domo's own limit of a page (developer.domo.com, DataSet API). */
const PAGE_SIZE = 50;

export interface PageQuery {
	readonly nameLike: string;
	/** `dataSourceId` never changes, so an update or another name moves no DataSet to another page. */
	readonly sort: 'dataSourceId' | 'lastUpdatedDescending';
}

/** One page of those DataSets that this client may see; empty past the end. `length` also counts what is no DataSet. */
export async function askPage(ask: DomoRequest, { nameLike, sort }: PageQuery, offset: number) {
	const query = { limit: PAGE_SIZE, offset, sort, ...(nameLike === '' ? {} : { nameLike }) };
	const found = await askJson(ask, '/v1/datasets', query);
	if (!Array.isArray(found)) throw webPage('');
	const dataSets = found.map(readListed).filter((dataSet) => dataSet !== undefined);
	return { dataSets, length: found.length, isFull: found.length >= PAGE_SIZE };
}

/** One DataSet with its columns; undefined when it was deleted, or is not shared with this client. */
export async function askDataSet(ask: DomoRequest, id: string): Promise<Listed | undefined> {
	try {
		const found = await askJson(ask, `/v1/datasets/${id}`, {}, id);
		const dataSet = readListed(found);
		if (dataSet === undefined) throw webPage('');
		// A deleted DataSet still answers 200.
		return typeof found === 'object' && found !== null && Reflect.get(found, 'deleted') === true ? undefined : dataSet;
	} catch (fault) {
		const isHidden =
			fault instanceof WritebackError && (fault.reason === 'dataSetNotFound' || fault.reason === 'dataSetForbidden');
		if (isHidden) return undefined;
		throw fault;
	}
}
