import { compareSnapshots } from './compareSnapshots';
import { findDataSet } from './findDataSet';
import { listDataSets, type Listing, REQUESTS_A_POLL } from './listDataSets';
import { refuseUnknown } from './notFoundErrors';
import { pollWarnings } from './pollWarnings';
import { refreshSchemas, applyListedSchemas } from './refreshSchemas';
import type { Snapshot } from './snapshot';
import type { Change, PollResult, PollOptions } from './types';
import type { DataSet } from '../../../core/domo/dataSet';
import { hasNoOwner, isOwned } from '../../../core/domo/owner';
import type { DomoRequest } from '../../../core/domo/request';

/** What a poll found. */
export interface DetectedChanges extends PollResult {
	/** What belongs in the log. */
	readonly warnings: readonly string[];
}

/**
 * One poll: asks Domo, compares, and reads the columns of what changed as far as requests are left; the rest is for the next
 * poll. Rejects as a whole: `before` is then still what the next poll has to compare with.
 */
export async function detectChanges(
	request: DomoRequest,
	options: PollOptions,
	before: Snapshot | undefined,
	mostRequests = REQUESTS_A_POLL,
): Promise<DetectedChanges> {
	const { choice, scope, events } = options;
	const watchesColumns = events.includes('schemaChanged');
	const fires = watchesColumns && before?.events.includes('schemaChanged') === true;
	if (before?.schemaPollPending === true && before.scope === scope && `${before.events}` === `${events}`) {
		const { changes, next } = await refreshSchemas(request, before, mostRequests, fires);
		return { changes, next: { ...next, schemaPollPending: false }, warnings: [] };
	}
	const { dataSets, pages, listed } = await listWatched(request, options, before);
	// A choice that is new must lead somewhere; an old one may come to nothing for a while.
	if (before?.scope !== scope) refuseUnknown(choice, dataSets, listed);
	const { changes, next } = compareSnapshots(before, dataSets, options, pages);
	const warnings = pollWarnings(options, before, next, dataSets);
	if (!watchesColumns) return { changes, next, warnings };
	if (pages === 0) {
		const read = applyListedSchemas(dataSets, next, fires);
		return { changes: mergeChanges(changes, read.changes), next: read.next, warnings };
	}
	const remainingRequests = mostRequests - pages;
	const read = await refreshSchemas(request, next, remainingRequests, fires);
	// A listing that leaves few requests takes turns with reading columns; one that leaves more reads some with every poll.
	const columnsNext = read.isBehind && remainingRequests < mostRequests / 2;
	return {
		changes: mergeChanges(changes, read.changes),
		next: { ...read.next, schemaPollPending: columnsNext },
		warnings,
	};
}

/** Those that are watched, as they are now; `pages` is 0 when each was asked for alone. */
async function listWatched(
	request: DomoRequest,
	{ choice, scope }: PollOptions,
	before: Snapshot | undefined,
): Promise<Listing & { readonly listed: readonly DataSet[] }> {
	const gapless = before?.scope !== scope;
	if (choice.kind === 'name') {
		const { dataSets, pages } = await listDataSets(request, { nameLike: choice.contains, gapless });
		return { dataSets, pages, listed: dataSets };
	}
	if (choice.kind === 'owner') {
		const { dataSets, pages } = await listDataSets(request, { nameLike: '', gapless });
		// An answer that leaves the owner out says nothing new about who it is.
		const wasOwned = ({ id }: DataSet) => !gapless && before?.states.has(id) === true;
		const isWatched = (one: DataSet) => isOwned(one, choice.owner) || (hasNoOwner(one) && wasOwned(one));
		return { dataSets: dataSets.filter(isWatched), pages, listed: dataSets };
	}
	const { ids } = choice;
	// How long a list is shows only when it is read: a few are asked for alone, and more when that took more requests.
	if (ids.size < REQUESTS_A_POLL || ids.size < (before?.pages ?? 0)) {
		return { dataSets: await findDataSets(request, ids), pages: 0, listed: [] };
	}
	const { dataSets, pages } = await listDataSets(request, { nameLike: '', gapless, ids });
	return { dataSets: dataSets.filter(({ id }) => ids.has(id)), pages, listed: dataSets };
}

async function findDataSets(request: DomoRequest, ids: ReadonlySet<string>): Promise<readonly DataSet[]> {
	const found: DataSet[] = [];
	for (const id of ids) {
		const dataSet = await findDataSet(request, id);
		if (dataSet !== undefined) found.push(dataSet);
	}
	return found;
}

/** One item for a DataSet, whatever happened to it. */
function mergeChanges(changes: readonly Change[], ofColumns: readonly Change[]): readonly Change[] {
	const byId = new Map(changes.map((change) => [change.dataSet.id, change]));
	for (const more of ofColumns) {
		const { dataSet, events, change } = byId.get(more.dataSet.id) ?? { ...more, events: [], change: {} };
		byId.set(dataSet.id, { dataSet, events: [...events, ...more.events], change: { ...change, ...more.change } });
	}
	return [...byId.values()];
}
