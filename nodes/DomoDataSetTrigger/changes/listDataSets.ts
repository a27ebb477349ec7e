import type { DataSet } from '../../../core/domo/dataSet';
import { fetchDataSetPage } from '../../../core/domo/dataSetList';
import type { DomoRequest } from '../../../core/domo/request';
import { invalidParameter } from '../../../core/support/errors';

/** What a poll may cost: the pages of 1,000 DataSets and one that shows their end. */
export const REQUESTS_A_POLL = 22;

/** 49,000 DataSets; a server that ignores `offset` would be asked for ever. */
export const MOST_PAGES = 1000;

const MOST_DATA_SETS = MOST_PAGES * 49;

/** How far back the list is read again when it has moved under the reader. */
const STEP_BACK = 25;

export interface ListOptions {
	readonly nameLike: string;
	/** Read again where a deletion may have hidden a DataSet between two pages. Without it such a one is found by the next listing. */
	readonly gapless: boolean;
	/** These are all that is wanted; the listing ends when it has them. */
	readonly ids?: ReadonlySet<string>;
}

export interface Listing {
	/** Each once, as it was read last. */
	readonly dataSets: readonly DataSet[];
	/** How many requests it took. */
	readonly pages: number;
}

/** Every DataSet this client may see whose name contains `nameLike`. Each page starts with the last one of the page before: if it does not, the list has moved. */
export async function listDataSets(request: DomoRequest, { nameLike, gapless, ids }: ListOptions): Promise<Listing> {
	const found = new Map<string, DataSet>();
	let offset = 0;
	let overlaps = false;
	for (let pages = 1; pages <= MOST_PAGES; pages++) {
		const { dataSets, length } = await fetchDataSetPage(request, { nameLike, sort: 'dataSourceId' }, offset);
		const [first] = dataSets;
		const hasMoved = overlaps && (first === undefined || !found.has(first.id));
		const before = found.size;
		for (const dataSet of dataSets) found.set(dataSet.id, dataSet);
		if (found.size > MOST_DATA_SETS) break;
		// A short page may be followed by another one.
		const isEnd = overlaps ? length <= 1 && found.size === before : length === 0;
		if (gapless && hasMoved) {
			offset = Math.max(0, offset - STEP_BACK);
			overlaps = offset > 0;
			continue;
		}
		if (isEnd || hasAll(found, ids)) return { dataSets: [...found.values()], pages };
		overlaps = length > 1;
		offset += overlaps ? length - 1 : 1;
	}
	throw invalidParameter(
		'Watch',
		`Domo lists more than ${MOST_DATA_SETS} DataSets`,
		"Choose All Whose Name Contains a Text, and enter part of their names in 'Name Contains', e.g. sales.",
	);
}

function hasAll(found: ReadonlyMap<string, DataSet>, ids: ReadonlySet<string> | undefined): boolean {
	return ids !== undefined && [...ids].every((id) => found.has(id));
}
