import { badRequest } from './answers';
import type { SandboxDataSet } from './dataSet';
import type { Exchange } from './exchange';
import { sendJson } from './exchange';

const MOST_PER_PAGE = 50;

type Order = (one: SandboxDataSet, other: SandboxDataSet) => number;

/** Nothing in the sandbox has cards or errors, so these leave the order as it is. */
const asItIs: Order = () => 0;
const byUpdate: Order = (one, other) => compare(one.updatedAt, other.updatedAt);

const ORDERS: Readonly<Record<string, Order>> = {
	name: (one, other) => compare(one.name.toLowerCase(), other.name.toLowerCase()),
	lastTouched: byUpdate,
	lastUpdated: byUpdate,
	createdAt: (one, other) => compare(one.createdAt, other.createdAt),
	cardCount: asItIs,
	cardViewCount: asItIs,
	errorState: asItIs,
};

/** `GET /v1/datasets`: a bare array, empty past the end. */
export function sendList(exchange: Exchange, dataSets: readonly SandboxDataSet[]): void {
	const query = exchange.url.searchParams;
	const limit = wholeNumber(query.get('limit') ?? String(MOST_PER_PAGE));
	const offset = wholeNumber(query.get('offset') ?? '0');
	const order = orderOf(query.get('sort'));
	if (limit === undefined || limit > MOST_PER_PAGE) return badRequest(exchange, `limit is at most ${MOST_PER_PAGE}`);
	if (offset === undefined) return badRequest(exchange, 'offset is a whole number');
	if (order === undefined) return badRequest(exchange, 'unknown sort');
	const wanted = (query.get('nameLike') ?? '').toLowerCase();
	const found = dataSets.filter(({ name }) => name.toLowerCase().includes(wanted)).sort(order);
	sendJson(exchange, 200, found.slice(offset, offset + limit).map(listed));
}

/** `GET /v1/datasets/{id}`. */
export function sendMetadata(exchange: Exchange, dataSet: SandboxDataSet, deleted: boolean): void {
	const schema = { columns: dataSet.columns.map(({ type, name }) => ({ type, name })) };
	sendJson(exchange, 200, { ...listed(dataSet), schema, policies: [], ...(deleted ? { deleted } : {}) });
}

function listed(dataSet: SandboxDataSet): Record<string, unknown> {
	const {
		id,
		name,
		description,
		rows,
		listsRows = true,
		columns,
		createdAt,
		updatedAt,
		dataCurrentAt,
		pdpEnabled,
		owner,
	} = dataSet;
	return {
		id,
		name,
		description,
		...(listsRows ? { rows } : {}),
		columns: columns.length,
		createdAt,
		updatedAt,
		dataCurrentAt,
		pdpEnabled,
		owner,
	};
}

function orderOf(sort: string | null): Order | undefined {
	if (sort === null) return asItIs;
	if (sort === 'dataSourceId') return (one, other) => compare(one.id, other.id);
	const [, key = '', direction] = /^(.*?)(Ascending|Descending)?$/.exec(sort) ?? [];
	const order = Object.entries(ORDERS).find(([known]) => known === key)?.[1];
	return order && direction === 'Descending' ? (one, other) => order(other, one) : order;
}

function wholeNumber(text: string): number | undefined {
	return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
