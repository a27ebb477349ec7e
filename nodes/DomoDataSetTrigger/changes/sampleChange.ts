import { isOwned } from '../../../core/domo/owner';
import { findDataSet } from './findDataSet';
import { MOST_PAGES, REQUESTS_A_POLL } from './listDataSets';
import { noneFound, unknownId } from './notFoundErrors';
import type { Change, Choice, Difference, PollOptions } from './types';
import type { DataSet } from '../../../core/domo/dataSet';
import { fetchDataSetPage } from '../../../core/domo/dataSetList';
import type { DomoRequest } from '../../../core/domo/request';
import { invalidParameter } from '../../../core/support/errors';

/** What an item looks like: the DataSet watched that Domo lists as the latest updated, as if all chosen events had happened to it. Rejects when there is none. */
export async function sampleChange(request: DomoRequest, { choice, events }: PollOptions): Promise<Change> {
	const dataSet = choice.kind === 'dataSets' ? await latestOf(request, choice) : await latestListed(request, choice);
	const { updatedAt, dataCurrentAt, rows = 0, columns = dataSet.schema.length } = dataSet;
	const times = { updatedAt, dataCurrentAt };
	const same = { before: columns, after: columns };
	const change: Difference = {
		...(events.includes('dataUpdated') ? { data: { before: times, after: times } } : {}),
		...(events.includes('rowsChanged') ? { rows: { before: rows, after: rows } } : {}),
		...(events.includes('schemaChanged') ? { schema: { added: [], removed: [], retyped: [], columns: same } } : {}),
	};
	return { dataSet, events, change };
}

async function latestOf(request: DomoRequest, choice: Choice & { readonly kind: 'dataSets' }): Promise<DataSet> {
	const found: DataSet[] = [];
	for (const id of [...choice.ids].slice(0, REQUESTS_A_POLL)) {
		const dataSet = await findDataSet(request, id);
		if (dataSet === undefined) throw unknownId(id);
		found.push(dataSet);
	}
	const latest = latestUpdated(found);
	if (latest === undefined) throw invalidParameter('DataSets', 'none is chosen', 'Add at least one DataSet.');
	return latest;
}

/** Of the first page that has one, whatever order the list comes in. */
async function latestListed(request: DomoRequest, choice: Exclude<Choice, { kind: 'dataSets' }>): Promise<DataSet> {
	const nameLike = choice.kind === 'name' ? choice.contains : '';
	const listed: DataSet[] = [];
	for (let offset = 0, pages = 0; pages < MOST_PAGES; pages++) {
		const { dataSets, length } = await fetchDataSetPage(request, { nameLike, sort: 'lastUpdated' }, offset);
		const latest = latestUpdated(
			choice.kind === 'name' ? dataSets : dataSets.filter((one) => isOwned(one, choice.owner)),
		);
		if (latest !== undefined) return latest;
		if (length === 0) break;
		listed.push(...dataSets);
		offset += length;
	}
	throw noneFound(choice, listed);
}

function latestUpdated(dataSets: readonly DataSet[]): DataSet | undefined {
	const timeOf = ({ updatedAt, dataCurrentAt }: DataSet) => Date.parse(updatedAt || dataCurrentAt) || 0;
	return dataSets.toSorted((one, other) => timeOf(other) - timeOf(one))[0];
}
