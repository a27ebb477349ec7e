import type { DataSet } from './dataSet';

/** Whether a DataSet belongs to an owner, given by name or ID. */
export function isOwned({ owner: { id, name } }: DataSet, owner: string): boolean {
	return String(id ?? '') === owner || name?.trim().toLowerCase() === owner.toLowerCase();
}

/** Domo may leave the owner out of its list. */
export function hasNoOwner({ owner: { id, name } }: DataSet): boolean {
	return id === undefined && name === undefined;
}
