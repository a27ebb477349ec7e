import type { IDataObject } from 'n8n-workflow';

import { type DataSet, describeDataSet } from '../../../core/domo/dataSet';
import { walkDataSets } from '../../../core/domo/dataSetWalk';
import { WritebackError } from '../../../core/support/errors';
import { mapConcurrently } from '../../../core/support/mapConcurrently';
import { optionsOf } from '../../shared/optionsReader';
import { listOptions } from '../descriptions/getMany';
import { dataSetJson, schemaJson } from './dataSetJson';
import { type Operation, type OperationContext, readLimit, repeated } from './operation';
import { readFilters } from './readFilters';

/** How many schemas are asked for at once. */
const SCHEMAS_AT_ONCE = 3;

/** The DataSets that the filters keep, by name. One that is deleted before its schema is read is left out; the schema of one that Domo lists and does not describe is null. */
export const getMany: Operation = async (context) => {
	const { n8n, item, domo, signal } = context;
	const options = optionsOf(n8n.getNodeParameter('options', item, {}), listOptions.displayName, listOptions.options);
	const includeSchema = options.flag('includeSchema', 'Include Schema', false);
	const found = await listed(context);
	if (!includeSchema) return found.map(dataSetJson);
	const withSchema = await mapConcurrently(found.length, SCHEMAS_AT_ONCE, async (index): Promise<IDataObject[]> => {
		const dataSet = found[index];
		if (dataSet === undefined) return [];
		const described = await repeated(signal, async () => await describeDataSet(domo, dataSet.id)).catch(absence);
		if (described === 'notFound') return [];
		return [{ ...dataSetJson(dataSet), schema: described === 'forbidden' ? null : schemaJson(described) }];
	});
	return withSchema.flat();
};

async function listed(context: OperationContext): Promise<readonly DataSet[]> {
	const { nameContains, isWanted, check } = readFilters(context);
	const limit = readLimit(context);
	const all: DataSet[] = [];
	const found: DataSet[] = [];
	const ask = async <T>(work: () => Promise<T>) => await repeated(context.signal, work);
	for await (const dataSet of walkDataSets(context.domo, nameContains, ask)) {
		all.push(dataSet);
		if (isWanted(dataSet)) found.push(dataSet);
		if (found.length >= limit) break;
	}
	if (found.length === 0) check(all);
	return found;
}

/** Why Domo does not describe a DataSet that it has listed. */
function absence(fault: unknown): 'notFound' | 'forbidden' {
	if (fault instanceof WritebackError && fault.reason === 'dataSetNotFound') return 'notFound';
	if (fault instanceof WritebackError && fault.reason === 'dataSetForbidden') return 'forbidden';
	throw fault;
}
