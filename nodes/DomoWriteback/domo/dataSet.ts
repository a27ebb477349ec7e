import { WritebackError } from '../errors';
import { type Column, readColumns } from './column';
import { askJson } from './json';
import type { DomoRequest } from './request';
import { webPage } from './webPage';

/** What Domo lists about a DataSet. Times are as Domo writes them (ISO 8601, UTC). */
export interface DataSet {
	readonly id: string;
	readonly name: string;
	/** Rows that Domo lists, header not counted; absent when it lists no count. */
	readonly rows?: number;
	readonly columns: number;
	/** Empty in lists, where Domo leaves it out. */
	readonly schema: readonly Column[];
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
	/** Whether personalised data permissions limit who sees which rows. */
	readonly pdpEnabled: boolean;
}

/** Asks Domo about one DataSet. Rejects with `dataSetNotFound` (also for a deleted one), `dataSetForbidden`, `domoLogin` or `domoBusy`. */
export async function describeDataSet(ask: DomoRequest, id: string): Promise<DataSet> {
	const found = await askJson(ask, `/v1/datasets/${id}`, {}, id);
	const dataSet = readDataSet(found);
	if (dataSet === undefined) throw webPage('');
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
	const count = (name: string): number | undefined => {
		const field: unknown = Reflect.get(value, name);
		return typeof field === 'number' ? field : undefined;
	};
	const rows = count('rows');
	if (text('id') === '') return undefined;
	return {
		id: text('id'),
		name: text('name'),
		...(rows === undefined ? {} : { rows }),
		columns: count('columns') ?? 0,
		schema: readColumns(Reflect.get(value, 'schema')),
		updatedAt: text('updatedAt'),
		dataCurrentAt: text('dataCurrentAt'),
		pdpEnabled: Reflect.get(value, 'pdpEnabled') === true,
	};
}
