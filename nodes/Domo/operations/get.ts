import { describeDataSet } from '../../../core/domo/dataSet';
import { dataSetJson, schemaJson } from './dataSetJson';
import { type Operation, readId } from './operation';

/** What Domo says of one DataSet, and its schema. */
export const get: Operation = async (context) => {
	const dataSet = await describeDataSet(context.domo, readId(context));
	return [{ ...dataSetJson(dataSet), schema: schemaJson(dataSet) }];
};
