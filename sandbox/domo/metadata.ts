import type { SandboxDataSet } from './dataSet';
import type { Exchange } from './exchange';
import { sendJson } from './exchange';

const MOST_PER_PAGE = 50;

/** What Domo says of a DataSet in either answer; the client must get along without any but the ID. */
export type Field =
	| 'name'
	| 'rows'
	| 'columns'
	| 'schema'
	| 'createdAt'
	| 'updatedAt'
	| 'dataCurrentAt'
	| 'owner'
	| 'pdpEnabled';

type Order = (one: SandboxDataSet, other: SandboxDataSet) => number;

/** Nothing in the sandbox has cards or errors, so these leave the order as it is. */
const asItIs: Order = () => 0;
const byUpdate: Order = (one, other) => compare(other.updatedAt, one.updatedAt);

/** Dates and counts by themselves come with the latest or highest first, names and IDs from A to Z. */
const ORDERS: Readonly<Record<string, Order>> = {
	name: (one, other) => compare(one.name.toLowerCase(), other.name.toLowerCase()),
	lastTouched: byUpdate,
	lastUpdated: byUpdate,
	createdAt: (one, other) => compare(other.createdAt, one.createdAt),
	dataSourceId: (one, other) => compare(one.id, other.id),
};

/** `GET /v1/datasets`: a bare array, empty past the end. */
export function sendList(exchange: Exchange, dataSets: readonly SandboxDataSet[], omitted: readonly Field[]): void {
	const query = exchange.url.searchParams;
	const limit = Number(query.get('limit') ?? MOST_PER_PAGE);
	const offset = Number(query.get('offset') ?? 0);
	const wanted = (query.get('nameLike') ?? '').toLowerCase();
	const found = dataSets.filter(({ name }) => name.toLowerCase().includes(wanted)).sort(orderOf(query.get('sort')));
	sendJson(
		exchange,
		200,
		found.slice(offset, offset + limit).map((one) => without(listed(one), omitted)),
	);
}

/** `GET /v1/datasets/{id}`. */
export function sendMetadata(
	exchange: Exchange,
	dataSet: SandboxDataSet,
	deleted: boolean,
	omitted: readonly Field[],
): void {
	const schema = { columns: dataSet.columns.map(({ type, name }) => ({ type, name })) };
	const all = { ...listed(dataSet), schema, policies: [], ...(deleted ? { deleted } : {}) };
	sendJson(exchange, 200, without(all, omitted));
}

function listed(dataSet: SandboxDataSet): Record<string, unknown> {
	const { id, name, description, rows, listsRows = true, columns, owner, pdpEnabled } = dataSet;
	const { createdAt, updatedAt, dataCurrentAt } = dataSet;
	return {
		...{ id, name, description, ...(listsRows ? { rows } : {}), columns: columns.length },
		...{ createdAt, updatedAt, dataCurrentAt, pdpEnabled, owner },
	};
}

function without(answer: Record<string, unknown>, omitted: readonly Field[]): Record<string, unknown> {
	const names: ReadonlySet<string> = new Set(omitted);
	return Object.fromEntries(Object.entries(answer).filter(([name]) => !names.has(name)));
}

function orderOf(sort: string | null): Order {
	const [, key = '', direction] = /^(.*?)(Ascending|Descending)?$/.exec(sort ?? '') ?? [];
	const order = ORDERS[key] ?? asItIs;
	return direction === undefined ? order : (one, other) => order(other, one);
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
