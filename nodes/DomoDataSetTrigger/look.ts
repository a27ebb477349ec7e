import type { DomoRequest } from '../DomoWriteback/domo/request';
import { WritebackError } from '../DomoWriteback/errors';
import { askDataSet } from './ask';
import { listAll, type Listing, REQUESTS_A_POLL } from './listAll';
import type { DataSet } from '../DomoWriteback/domo/dataSet';
import type { Snapshot } from './snapshot';
import { readStaleColumns, takeColumns } from './staleColumns';
import type { Change, Watch, Watched } from './change';
import { compare } from './watch';

/** Which DataSets are watched. */
export type Choice =
	| { readonly kind: 'dataSets'; readonly ids: ReadonlySet<string> }
	| { readonly kind: 'name'; readonly contains: string }
	| { readonly kind: 'owner'; readonly owner: string };

export interface Wish extends Watch {
	readonly choice: Choice;
}

/** What a poll found. */
export interface Looked extends Watched {
	/** Chosen DataSets that were there at the last poll, and are deleted or not shared any more. */
	readonly lost: readonly string[];
}

/**
 * One poll: asks Domo, compares, and reads the columns of what changed as far as requests are left; the rest is for the next
 * poll. Rejects as a whole: `before` is then still what the next poll has to compare with.
 */
export async function look(
	ask: DomoRequest,
	wish: Wish,
	before: Snapshot | undefined,
	mostRequests = REQUESTS_A_POLL,
): Promise<Looked> {
	const { choice, scope, events } = wish;
	const watchesColumns = events.includes('schemaChanged');
	const fires = watchesColumns && before?.events.includes('schemaChanged') === true;
	if (before?.columnsNext === true && before.scope === scope && `${before.events}` === `${events}`) {
		const { changes, next } = await readStaleColumns(ask, before, mostRequests, fires);
		return { changes, next: { ...next, columnsNext: false }, lost: [] };
	}
	const { dataSets, pages } = await listWatched(ask, wish, before);
	if (before === undefined) refuseUnknown(choice, dataSets);
	const { changes, next } = compare(before, dataSets, wish, pages);
	const lost = choice.kind === 'dataSets' ? newlyGone(before, next) : [];
	if (!watchesColumns) return { changes, next, lost };
	if (pages === 0) {
		const read = takeColumns(dataSets, next, fires);
		return { changes: merged(changes, read.changes), next: read.next, lost };
	}
	const left = mostRequests - pages;
	const read = await readStaleColumns(ask, next, left, fires);
	// A listing that leaves few requests takes turns with reading columns; one that leaves more reads some with every poll.
	const columnsNext = read.isBehind && left < mostRequests / 2;
	return { changes: merged(changes, read.changes), next: { ...read.next, columnsNext }, lost };
}

/** Whether a DataSet belongs to an owner, given by name or ID. */
export function isOwned({ owner: { id, name } }: DataSet, owner: string): boolean {
	return String(id ?? '') === owner || name?.trim().toLowerCase() === owner.toLowerCase();
}

/** Those that are watched, as they are now; `pages` is 0 when each was asked for alone. */
async function listWatched(ask: DomoRequest, { choice, scope }: Wish, before: Snapshot | undefined): Promise<Listing> {
	const gapless = before?.scope !== scope;
	if (choice.kind === 'name') return await listAll(ask, { nameLike: choice.contains, gapless });
	if (choice.kind === 'owner') {
		const { dataSets, pages } = await listAll(ask, { nameLike: '', gapless });
		return { dataSets: dataSets.filter((dataSet) => isOwned(dataSet, choice.owner)), pages };
	}
	const { ids } = choice;
	// How long a list is shows only when it is read: a few are asked for alone, and more when that took more requests.
	if (ids.size < REQUESTS_A_POLL || ids.size < (before?.pages ?? 0)) {
		return { dataSets: await askEach(ask, ids), pages: 0 };
	}
	const { dataSets, pages } = await listAll(ask, { nameLike: '', gapless, ids });
	return { dataSets: dataSets.filter(({ id }) => ids.has(id)), pages };
}

async function askEach(ask: DomoRequest, ids: ReadonlySet<string>): Promise<readonly DataSet[]> {
	const found: DataSet[] = [];
	for (const id of ids) {
		const dataSet = await askDataSet(ask, id);
		if (dataSet !== undefined) found.push(dataSet);
	}
	return found;
}

/** Who activates the workflow hears of an ID that leads nowhere; later such a DataSet is taken for deleted. */
export function refuseUnknown(choice: Choice, dataSets: readonly DataSet[]): void {
	if (choice.kind !== 'dataSets') return;
	const known = new Set(dataSets.map(({ id }) => id));
	const unknown = [...choice.ids].find((id) => !known.has(id));
	if (unknown === undefined) return;
	throw new WritebackError(
		'dataSetNotFound',
		`DataSet ${unknown} does not exist in Domo, or is not shared with this client`,
		{
			hint: 'Open the DataSet in Domo, compare its ID with what follows "datasources/" in the address, and share it with the user of the Domo client.',
		},
	);
}

function newlyGone(before: Snapshot | undefined, { seen }: Snapshot): readonly string[] {
	return [...seen].filter(([id, { gone }]) => gone && before?.seen.get(id)?.gone === false).map(([id]) => id);
}

/** One item for a DataSet, whatever happened to it. */
function merged(changes: readonly Change[], ofColumns: readonly Change[]): readonly Change[] {
	const byId = new Map(changes.map((change) => [change.dataSet.id, change]));
	for (const more of ofColumns) {
		const { dataSet, events, change } = byId.get(more.dataSet.id) ?? { ...more, events: [], change: {} };
		byId.set(dataSet.id, { dataSet, events: [...events, ...more.events], change: { ...change, ...more.change } });
	}
	return [...byId.values()];
}
