import type { INodeProperties } from 'n8n-workflow';

import { dataSetParameter } from '../shared/dataSetParameter';

/** What is watched, and what counts as a change. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Watch',
		name: 'watch',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'All of an Owner', value: 'owner', description: 'Including DataSets that the owner adds later' },
			{
				name: 'All Whose Name Contains a Text',
				value: 'name',
				description: 'Including DataSets that get such a name later',
			},
			{ name: 'Chosen DataSets', value: 'dataSets', description: 'One or more DataSets' },
		],
		default: 'dataSets',
		description: 'Which DataSets start the workflow when they change',
	},
	{
		displayName: 'DataSets',
		name: 'dataSets',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add DataSet' },
		placeholder: 'Add DataSet',
		default: { dataSet: [{}] },
		displayOptions: { show: { watch: ['dataSets'] } },
		options: [
			{
				displayName: 'DataSet',
				name: 'dataSet',
				values: [{ ...dataSetParameter, description: 'The DataSet to watch' }],
			},
		],
	},
	{
		displayName: 'Name Contains',
		name: 'nameContains',
		type: 'string',
		default: '',
		placeholder: 'e.g. sales',
		description: "Upper and lower case don't matter. Leave it empty for every DataSet that the Domo client can see.",
		displayOptions: { show: { watch: ['name'] } },
	},
	{
		displayName: 'Owner',
		name: 'owner',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Sales Team or 587894148',
		description: "The owner's full name or ID in Domo. Upper and lower case don't matter.",
		displayOptions: { show: { watch: ['owner'] } },
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: [
			{
				name: 'Data Updated',
				value: 'dataUpdated',
				description: 'Domo shows a new time for the DataSet or its data, or the trigger sees it for the first time',
			},
			{
				name: 'New DataSet',
				value: 'newDataSet',
				description: 'The trigger sees the DataSet for the first time',
			},
			{
				name: 'Rows Changed',
				value: 'rowsChanged',
				description: 'The number of rows is different, or the trigger sees the DataSet for the first time',
			},
			{
				name: 'Schema Changed',
				value: 'schemaChanged',
				description: 'Columns were added or removed, or their type changed',
			},
		],
		default: ['dataUpdated'],
		description: 'What counts as a change. A DataSet with several events is still one item.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Emit on First Poll',
				name: 'emitOnFirstPoll',
				type: 'boolean',
				default: false,
				description:
					'Whether to start the workflow for every watched DataSet at the first poll, instead of only recording them',
			},
		],
	},
];
