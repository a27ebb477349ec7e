import { type DataSet, readDataSet } from '../DomoWriteback/domo/dataSet';

export interface Owner {
	readonly id?: number | string;
	readonly name?: string;
}

/** A DataSet as Domo lists it, with its owner; the schema is empty unless it was asked for alone. */
export interface Listed extends DataSet {
	readonly owner: Owner;
}

/** Reads one DataSet of Domo's JSON; undefined when it is none. */
export function readListed(value: unknown): Listed | undefined {
	const dataSet = readDataSet(value);
	if (dataSet === undefined) return undefined;
	// The API writes IDs in lower case; those that users type are compared so.
	return { ...dataSet, id: dataSet.id.toLowerCase(), owner: readOwner(value) };
}

function readOwner(dataSet: unknown): Owner {
	const field = (of: unknown, name: string): unknown =>
		typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
	const owner = field(dataSet, 'owner');
	const id = field(owner, 'id');
	const name = field(owner, 'name');
	return {
		...(typeof id === 'number' || typeof id === 'string' ? { id } : {}),
		...(typeof name === 'string' ? { name } : {}),
	};
}
