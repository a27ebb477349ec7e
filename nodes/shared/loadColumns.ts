import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { describeDataSet } from '../../core/domo/dataSet';
import { createRedactor } from '../../core/support/redact/redactor';
import { readDataSetId } from './dataSetLocator';
import { domoRequest } from './domoRequest';
import { checkChosen, listError } from './listErrors';

/** The columns of the DataSet that is chosen, for the editor's lists. */
export async function loadColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const redactor = createRedactor();
	try {
		checkChosen(this, 'domoClientApi', 'Domo Credential');
		const id = readDataSetId(this.getCurrentNodeParameter('dataSet'));
		const { schema } = await describeDataSet(await domoRequest(this, redactor), id);
		// n8n takes a value that begins with = for an expression.
		return schema.map(({ name, type }) => ({ name, value: name.replace(/^=/, '=='), description: type }));
	} catch (fault) {
		throw listError(this, fault, redactor);
	}
}
