import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { loadColumns } from '../shared/loadColumns';
import { searchDataSets } from '../shared/searchDataSets';
import { properties } from './descriptions/properties';
import { executeItems } from './execute';
import { domoSubtitle } from './subtitle';

/** Reads Domo DataSets into items: what Domo says of them, their rows, or the result of a query. */
export class Domo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Domo',
		name: 'domo',
		icon: { light: 'file:domo.svg', dark: 'file:domo.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: domoSubtitle,
		description: 'List Domo DataSets, get their schemas and rows, or query them with SQL',
		defaults: { name: 'Domo' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'domoClientApi', displayName: 'Domo Credential', required: true }],
		properties,
	};

	methods = { loadOptions: { loadColumns }, listSearch: { searchDataSets } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeItems(this)];
	}
}
