import { invalidParameter } from '../support/errors';
import type { DataSet } from './dataSet';
import { fetchDataSetPage } from './dataSetList';
import type { DomoRequest } from './request';

/** A server that ignores `offset` would be asked for ever. */
const MOST_PAGES = 1000;

/** How far back the list is read again when it has moved under the reader. */
const STEP_BACK = 25;

/** Calls `work`, again where it thinks fit. */
type Repeat = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Every DataSet this client may see whose name contains `nameLike`, whatever the case, each once and ordered by name. Each page starts
 * with one of the page before: if it does not, the list has moved, and what is before it is read again. Asks for a page only when it is wanted, by `repeat`.
 */
export async function* walkDataSets(
	request: DomoRequest,
	nameLike: string,
	repeat: Repeat = async (work) => await work(),
): AsyncGenerator<DataSet> {
	const seen = new Set<string>();
	let offset = 0;
	let overlaps = false;
	for (let pages = 1; pages <= MOST_PAGES; pages++) {
		const page = async () => await fetchDataSetPage(request, { nameLike, sort: 'name' }, offset);
		const { dataSets, length } = await repeat(page);
		const [first] = dataSets;
		const hasMoved = overlaps && (first === undefined || !seen.has(first.id));
		const before = seen.size;
		for (const dataSet of dataSets) {
			if (seen.has(dataSet.id)) continue;
			seen.add(dataSet.id);
			yield dataSet;
		}
		if (hasMoved) {
			offset = Math.max(0, offset - STEP_BACK);
			overlaps = offset > 0;
			continue;
		}
		if (overlaps ? length <= 1 && seen.size === before : length === 0) return;
		overlaps = length > 1;
		offset += overlaps ? length - 1 : 1;
	}
	throw invalidParameter(
		'Name Contains',
		'Domo lists more DataSets than this node reads (49,000)',
		'Enter part of their names, e.g. sales.',
	);
}
