import { describeDataSet } from '../../../core/domo/dataSet';
import { dataSetJson, schemaJson } from './dataSetJson';
import { type Operation, readId, repeated } from './operation';

/** What Domo says of one DataSet, and its schema. */
export const get: Operation = async (context) => {
	const id = readId(context);
	const dataSet = await repeated(context.signal, async () => await describeDataSet(context.domo, id));
	return [{ ...dataSetJson(dataSet), schema: schemaJson(dataSet) }];
};
