import { invalidParameter } from '../support/errors';
import type { DataSet } from './dataSet';
import { fetchDataSetPage } from './dataSetList';
import type { DomoRequest } from './request';

/** A server that ignores `offset` would be asked for ever. */
const MOST_PAGES = 1000;

/** How far back the list is read again when it has moved under the reader. */
const STEP_BACK = 25;

/**
 * Every DataSet this client may see whose name contains `nameLike`, whatever the case, each once and ordered by name. Each page starts with
 * the last one of the page before: if it does not, the list has moved, and a part of it is read again. Asks for a page only when it is wanted.
 */
export async function* walkDataSets(request: DomoRequest, nameLike: string): AsyncGenerator<DataSet> {
	const seen = new Set<string>();
	let offset = 0;
	let last: string | undefined;
	for (let pages = 1; pages <= MOST_PAGES; pages++) {
		const { dataSets, length } = await fetchDataSetPage(request, { nameLike, sort: 'name' }, offset);
		const hasMoved = last !== undefined && !dataSets.some(({ id }) => id === last);
		const before = seen.size;
		for (const dataSet of dataSets) {
			if (seen.has(dataSet.id)) continue;
			seen.add(dataSet.id);
			yield dataSet;
		}
		if (hasMoved && offset > 0) {
			offset = Math.max(0, offset - STEP_BACK);
			last = undefined;
			continue;
		}
		if (length === 0 || (length === 1 && offset > 0 && seen.size === before)) return;
		last = length > 1 ? dataSets.at(-1)?.id : undefined;
		offset += Math.max(1, length - 1);
	}
	throw invalidParameter(
		'Name Contains',
		'Domo lists more DataSets than this node reads (49,000)',
		'Type a part of their names, e.g. sales.',
	);
}
