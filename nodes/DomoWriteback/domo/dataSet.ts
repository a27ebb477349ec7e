import { WritebackError } from '../errors';
import { askJson, notJson } from './json';
import type { DomoRequest } from './request';

/** What Domo lists about a DataSet. Times are as Domo writes them (ISO 8601, UTC). */
export interface DataSet {
	readonly id: string;
	readonly name: string;
	/** Rows that Domo lists, header not counted. */
	readonly rows: number;
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
	/** Whether personalised data permissions limit who sees which rows. */
	readonly pdpEnabled: boolean;
}

/** Asks Domo about one DataSet. Rejects with `dataSetNotFound` (also for a deleted one), `dataSetForbidden`, `domoLogin` or `domoBusy`. */
export async function describeDataSet(ask: DomoRequest, id: string): Promise<DataSet> {
	const found = await askJson(ask, `/v1/datasets/${id}`, {}, id);
	const dataSet = readDataSet(found);
	if (dataSet === undefined) throw notJson();
	// A deleted DataSet still answers 200.
	if (typeof found === 'object' && found !== null && Reflect.get(found, 'deleted') === true) {
		throw new WritebackError('dataSetNotFound', `DataSet ${id} was deleted in Domo`, {
			hint: 'Restore it in Domo, or choose another DataSet.',
		});
	}
	return dataSet;
}

/** Reads one DataSet of Domo's JSON; undefined when it is none. */
export function readDataSet(value: unknown): DataSet | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const text = (name: string): string => {
		const field: unknown = Reflect.get(value, name);
		return typeof field === 'string' ? field : '';
	};
	const rows: unknown = Reflect.get(value, 'rows');
	if (text('id') === '') return undefined;
	return {
		id: text('id'),
		name: text('name'),
		rows: typeof rows === 'number' ? rows : 0,
		updatedAt: text('updatedAt'),
		dataCurrentAt: text('dataCurrentAt'),
		pdpEnabled: Reflect.get(value, 'pdpEnabled') === true,
	};
}
