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
			description: "Text in the name of the DataSet. Upper and lower case don't matter.",
		},
		{
			displayName: 'Owner',
			name: 'owner',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales Team or 587894148',
			description: "The owner's full name or ID in Domo. Upper and lower case don't matter.",
		},
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description:
				"Only DataSets that were updated after this time. Times without a time zone are in the workflow's time zone.",
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
			description: 'Whether to include the columns of each DataSet. This takes one more request per DataSet.',
		},
	],
};

export const getManyFields: INodeProperties[] = [filters, listOptions];
