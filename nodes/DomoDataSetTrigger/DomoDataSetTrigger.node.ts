import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { searchDataSets } from '../shared/searchDataSets';
import { properties } from './description';
import { poll } from './poll';
import { triggerSubtitle } from './subtitle';

/** Starts the workflow for each Domo DataSet that changed since the last poll; one item for each. */
export class DomoDataSetTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Domo DataSet Trigger',
		name: 'domoDataSetTrigger',
		icon: { light: 'file:domoDataSetTrigger.svg', dark: 'file:domoDataSetTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description: 'Start the workflow when a Domo DataSet is created or updated, or when its rows or columns change',
		defaults: { name: 'Domo DataSet Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'domoClientApi', displayName: 'Domo Credential', required: true }],
		properties,
	};

	methods = { listSearch: { searchDataSets } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
