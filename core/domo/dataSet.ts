import { cut, WritebackError } from '../support/errors';
import { field } from '../support/field';
import { isDataSetId } from './dataSetId';
import { CHECK_API_HOST } from './hintTexts';
import { unexpectedJson } from './htmlPage';
import { requestJson } from './jsonRequest';
import type { DomoRequest } from './request';
import { type Column, readColumns } from './schema';

/** What Domo lists about a DataSet. Times are as Domo writes them (ISO 8601, UTC). */
export interface DataSet {
	readonly id: string;
	readonly name: string;
	/** Absent where Domo leaves it out. */
	readonly description?: string;
	/** Rows that Domo lists, header not counted; absent when it lists no count. */
	readonly rows?: number;
	/** How many columns Domo lists, or how many its schema has; absent when the answer has neither. */
	readonly columns?: number;
	/** Empty in lists, where Domo leaves it out, and in any other answer without it. */
	readonly schema: readonly Column[];
	/** Absent where Domo leaves it out. */
	readonly createdAt?: string;
	/** Empty when the answer has none: Domo's list and its description of one DataSet may carry different fields. */
	readonly updatedAt: string;
	readonly dataCurrentAt: string;
	/** Whether personalised data permissions limit who sees which rows. */
	readonly pdpEnabled: boolean;
	readonly owner: Owner;
}

/** Whose DataSet it is; Domo may leave out either. */
export interface Owner {
	readonly id?: number | string;
	readonly name?: string;
}

/** Longest name that is kept; a file name holds less of it. */
const NAME_CHARACTERS = 255;

/** Longest description that is kept. */
const DESCRIPTION_CHARACTERS = 2000;

/** Far more than a time or an owner's ID needs. */
const SHORT_CHARACTERS = 64;

/** Asks Domo about one DataSet. Rejects with `dataSetNotFound` (also for a deleted one), `dataSetForbidden`, `domoLogin` or `domoBusy`. */
export async function describeDataSet(request: DomoRequest, id: string): Promise<DataSet> {
	const found = await requestJson(request, `/v1/datasets/${id}`, {}, { what: 'dataSet', id });
	const dataSet = readDataSet(found);
	if (dataSet === undefined) throw unexpectedJson();
	if (dataSet.id !== id.toLowerCase()) {
		throw new WritebackError('domoNotData', `Domo described a DataSet other than ${id}`, { hint: CHECK_API_HOST });
	}
	// A deleted DataSet still answers 200.
	if (field(found, 'deleted') === true) {
		throw new WritebackError('dataSetNotFound', `DataSet ${id} was deleted in Domo`, {
			hint: "Restore it in Domo, or choose another DataSet in 'Input DataSet ID'.",
		});
	}
	return dataSet;
}

/**
 * Reads one DataSet of Domo's JSON; undefined when it has no ID, or one that is no DataSet's: IDs become addresses and file names. Texts are
 * cut, so that no answer fills receipts and stored executions.
 */
export function readDataSet(value: unknown): DataSet | undefined {
	const text = (name: string, most = SHORT_CHARACTERS): string => textIn(value, name, most) ?? '';
	const rows = countIn(value, 'rows');
	const listed = field(value, 'schema');
	const schema = readColumns(listed);
	const columns = countIn(value, 'columns') ?? (listed === undefined ? undefined : schema.length);
	const id = text('id');
	const description = textIn(value, 'description', DESCRIPTION_CHARACTERS);
	const createdAt = textIn(value, 'createdAt', SHORT_CHARACTERS);
	if (!isDataSetId(id)) return undefined;
	return {
		// The API writes IDs in lower case; those that users type are compared so.
		id: id.toLowerCase(),
		name: text('name', NAME_CHARACTERS),
		...(description === undefined ? {} : { description }),
		...(rows === undefined ? {} : { rows }),
		...(columns === undefined ? {} : { columns }),
		schema,
		...(createdAt === undefined ? {} : { createdAt }),
		updatedAt: text('updatedAt'),
		dataCurrentAt: text('dataCurrentAt'),
		pdpEnabled: field(value, 'pdpEnabled') === true,
		owner: readOwner(field(value, 'owner')),
	};
}

function readOwner(owner: unknown): Owner {
	const id = countIn(owner, 'id') ?? textIn(owner, 'id', SHORT_CHARACTERS);
	const name = textIn(owner, 'name', NAME_CHARACTERS);
	return { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) };
}

function textIn(value: unknown, name: string, most: number): string | undefined {
	const text = field(value, name);
	return typeof text === 'string' ? cut(text, most) : undefined;
}

function countIn(value: unknown, name: string): number | undefined {
	const count = field(value, name);
	return typeof count === 'number' ? count : undefined;
}
