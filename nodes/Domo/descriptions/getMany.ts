import type { INodeProperties } from 'n8n-workflow';

import { showFor } from './showFor';

export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: showFor('getMany'),
	options: [
		{
			displayName: 'Name Contains',
			name: 'nameContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. sales',
			description: 'Text in the name of the DataSet, whatever the case',
		},
		{
			displayName: 'Owner',
			name: 'owner',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales Team or 587894148',
			description: "The owner's whole name, whatever the case, or the owner's ID in Domo",
		},
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description:
				'Only DataSets that were updated after this time. Without a time zone, it is in that of the workflow.',
		},
	],
};

export const listOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: showFor('getMany'),
	options: [
		{
			displayName: 'Include Schema',
			name: 'includeSchema',
			type: 'boolean',
			default: false,
			description: 'Whether to include the columns of each DataSet, which takes one more request for each',
		},
	],
};

export const getManyFields: INodeProperties[] = [filters, listOptions];
