import { differ, lastKnownTimes, mayHaveChanged, timesDiffer } from './compareFields';
import type { Event } from './events';
import { orderStates, type DataSetState, type Snapshot } from './snapshot';
import type { Difference, Change, WatchOptions, PollResult } from './types';
import type { DataSet } from '../../../core/domo/dataSet';

/**
 * Compares what Domo lists with what was last seen. Times are compared for being other ones, never for being later, so no
 * clock matters, and only where both answers carry them. A DataSet that is not listed stays known, so one that was missed between two pages is compared next time.
 */
export function compareSnapshots(
	before: Snapshot | undefined,
	listed: readonly DataSet[],
	options: WatchOptions,
	pages: number,
): PollResult {
	const sameScope = before?.scope === options.scope;
	const fires = (event: Event) => options.events.includes(event) && before?.events.includes(event) === true;
	// With another choice, what is not listed is not watched any more.
	const previous = sameScope ? before.states : new Map<string, DataSetState>();
	const next = new Map([...previous].map(([id, state]): [string, DataSetState] => [id, { ...state, gone: true }]));
	const changes: Change[] = [];
	for (const dataSet of listed) {
		const state = before?.states.get(dataSet.id);
		const change = state === undefined ? (sameScope ? firstSeen(dataSet) : {}) : difference(state, dataSet);
		const isNew = state === undefined && sameScope;
		const found = chosen(change, isNew, fires);
		if (before === undefined && options.emitOnFirstPoll) changes.push({ dataSet, events: ['firstPoll'], change: {} });
		else if (found.events.length > 0) changes.push({ dataSet, ...found });
		next.set(dataSet.id, updateState(state, dataSet, options.events.includes('schemaChanged'), fires('schemaChanged')));
	}
	const { scope, events } = options;
	return {
		changes,
		next: {
			scope,
			events,
			states: orderStates(next, previous),
			pages: pages || (before?.pages ?? 0),
			schemaPollPending: false,
		},
	};
}

/** A DataSet that comes into view has changed from nothing: n8n may forget that it was seen, but not that it fired. */
function firstSeen(dataSet: DataSet): Difference {
	return {
		data: { before: null, after: lastKnownTimes(undefined, dataSet) },
		...(dataSet.rows === undefined ? {} : { rows: { before: null, after: dataSet.rows } }),
	};
}

function difference(state: DataSetState, dataSet: DataSet): Difference {
	const { rows } = dataSet;
	return {
		...(timesDiffer(state, dataSet)
			? { data: { before: lastKnownTimes(undefined, state), after: lastKnownTimes(state, dataSet) } }
			: {}),
		...(rows !== undefined && state.rows !== undefined && differ(state.rows, rows)
			? { rows: { before: state.rows, after: rows } }
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

function updateState(
	state: DataSetState | undefined,
	dataSet: DataSet,
	withColumns: boolean,
	hasPast: boolean,
): DataSetState {
	const { rows = state?.rows, columns = state?.columns } = dataSet;
	const past = hasPast ? state : undefined;
	const isOther = past === undefined || mayHaveChanged(past, dataSet);
	const columnsRead = past?.columnsRead ?? columns;
	return {
		...lastKnownTimes(state, dataSet),
		...(rows === undefined ? {} : { rows }),
		...(columns === undefined ? {} : { columns }),
		...(columnsRead === undefined ? {} : { columnsRead }),
		...(past?.schema === undefined ? {} : { schema: past.schema }),
		stale: withColumns && (isOther || past.stale),
		gone: false,
	};
}
