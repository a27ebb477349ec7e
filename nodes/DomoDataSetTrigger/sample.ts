import type { DomoRequest } from '../DomoWriteback/domo/request';
import { badSetting, WritebackError } from '../DomoWriteback/errors';
import { askPage } from '../DomoWriteback/domo/page';
import { askDataSet } from './ask';
import { REQUESTS_A_POLL } from './listAll';
import type { DataSet } from '../DomoWriteback/domo/dataSet';
import { isOwned, refuseUnknown, type Choice, type Wish } from './look';
import type { Change, Difference } from './change';

/** What an item looks like: the DataSet watched that Domo lists as the latest updated, as if all chosen events had happened to it. Rejects when there is none. */
export async function sample(ask: DomoRequest, { choice, events }: Wish): Promise<Change> {
	const dataSet = choice.kind === 'dataSets' ? await latestOf(ask, choice) : await latestListed(ask, choice);
	const { updatedAt, dataCurrentAt, rows = 0, columns } = dataSet;
	const times = { updatedAt, dataCurrentAt };
	const same = { before: columns, after: columns };
	const change: Difference = {
		...(events.includes('dataUpdated') ? { data: { before: times, after: times } } : {}),
		...(events.includes('rowsChanged') ? { rows: { before: rows, after: rows } } : {}),
		...(events.includes('schemaChanged') ? { schema: { added: [], removed: [], retyped: [], columns: same } } : {}),
	};
	return { dataSet, events, change };
}

async function latestOf(ask: DomoRequest, choice: Choice & { readonly kind: 'dataSets' }): Promise<DataSet> {
	const found: DataSet[] = [];
	for (const id of [...choice.ids].slice(0, REQUESTS_A_POLL)) {
		const dataSet = await askDataSet(ask, id);
		if (dataSet === undefined) refuseUnknown({ kind: 'dataSets', ids: new Set([id]) }, []);
		else found.push(dataSet);
	}
	const [latest] = found.sort((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt) || 0);
	if (latest === undefined) throw badSetting('DataSets', 'none is chosen', 'Add at least one DataSet.');
	return latest;
}

async function latestListed(ask: DomoRequest, choice: Exclude<Choice, { kind: 'dataSets' }>): Promise<DataSet> {
	const nameLike = choice.kind === 'name' ? choice.contains : '';
	for (let offset = 0, pages = 0; pages < REQUESTS_A_POLL; pages++) {
		const { dataSets, length } = await askPage(ask, { nameLike, sort: 'lastUpdatedDescending' }, offset);
		const latest = choice.kind === 'name' ? dataSets[0] : dataSets.find((one) => isOwned(one, choice.owner));
		if (latest !== undefined) return latest;
		if (length === 0) break;
		offset += length;
	}
	const whose = choice.kind === 'name' ? `whose name contains "${choice.contains}"` : `owned by "${choice.owner}"`;
	throw new WritebackError('dataSetNotFound', `This client sees no DataSet ${whose}`, {
		hint: 'Compare with what Domo shows on the page of the DataSet, and share the DataSet with the user of the Domo client.',
	});
}
