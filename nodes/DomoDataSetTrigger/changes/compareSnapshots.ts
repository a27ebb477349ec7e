import { differ, lastKnownTimes, mayHaveChanged, timesDiffer } from './compareFields';
import type { Event } from './events';
import { inOrder, type Seen, type Snapshot } from './snapshot';
import type { Difference, Change, Watch, Watched } from './types';
import type { DataSet } from '../../../core/domo/dataSet';

/**
 * Compares what Domo lists with what was last seen. Times are compared for being other ones, never for being later, so no
 * clock matters, and only where both answers carry them. A DataSet that is not listed stays known, so one that was missed between two pages is compared next time.
 */
export function compare(
	before: Snapshot | undefined,
	listed: readonly DataSet[],
	watch: Watch,
	pages: number,
): Watched {
	const sameScope = before?.scope === watch.scope;
	const fires = (event: Event) => watch.events.includes(event) && before?.events.includes(event) === true;
	// With another choice, what is not listed is not watched any more.
	const known = sameScope ? [...before.seen] : [];
	const next = new Map(known.map(([id, seen]): [string, Seen] => [id, { ...seen, gone: true }]));
	const changes: Change[] = [];
	for (const dataSet of listed) {
		const seen = before?.seen.get(dataSet.id);
		const change = seen === undefined ? (sameScope ? arrival(dataSet) : {}) : difference(seen, dataSet);
		const isNew = seen === undefined && sameScope;
		const found = chosen(change, isNew, fires);
		if (before === undefined && watch.emitOnFirstPoll) changes.push({ dataSet, events: ['firstPoll'], change: {} });
		else if (found.events.length > 0) changes.push({ dataSet, ...found });
		next.set(dataSet.id, noted(seen, dataSet, watch.events.includes('schemaChanged'), fires('schemaChanged')));
	}
	const { scope, events } = watch;
	return {
		changes,
		next: { scope, events, seen: inOrder(next), pages: pages || (before?.pages ?? 0), columnsNext: false },
	};
}

/** A DataSet that comes into view has changed from nothing: n8n may forget that it was seen, but not that it fired. */
function arrival(dataSet: DataSet): Difference {
	return {
		data: { before: null, after: lastKnownTimes(undefined, dataSet) },
		...(dataSet.rows === undefined ? {} : { rows: { before: null, after: dataSet.rows } }),
	};
}

function difference(seen: Seen, dataSet: DataSet): Difference {
	const { rows } = dataSet;
	return {
		...(timesDiffer(seen, dataSet)
			? { data: { before: lastKnownTimes(undefined, seen), after: lastKnownTimes(seen, dataSet) } }
			: {}),
		...(rows !== undefined && seen.rows !== undefined && differ(seen.rows, rows)
			? { rows: { before: seen.rows, after: rows } }
			: {}),
	};
}

function chosen(
	change: Difference,
	isNew: boolean,
	fires: (event: Event) => boolean,
): { readonly events: readonly Event[]; readonly change: Difference } {
	const { data, rows } = change;
	const kept: Difference = {
		...(data && fires('dataUpdated') ? { data } : {}),
		...(rows && fires('rowsChanged') ? { rows } : {}),
	};
	const events: Event[] = [];
	if (kept.data) events.push('dataUpdated');
	if (kept.rows) events.push('rowsChanged');
	if (isNew && fires('newDataSet')) events.push('newDataSet');
	return { events, change: kept };
}

function noted(seen: Seen | undefined, dataSet: DataSet, withColumns: boolean, hasPast: boolean): Seen {
	const { rows = seen?.rows, columns = seen?.columns } = dataSet;
	const past = hasPast ? seen : undefined;
	const isOther = past === undefined || mayHaveChanged(past, dataSet);
	const columnsRead = past?.columnsRead ?? columns;
	return {
		...lastKnownTimes(seen, dataSet),
		...(rows === undefined ? {} : { rows }),
		...(columns === undefined ? {} : { columns }),
		...(columnsRead === undefined ? {} : { columnsRead }),
		...(past?.schema === undefined ? {} : { schema: past.schema }),
		stale: withColumns && (isOther || past.stale),
		gone: false,
	};
}
