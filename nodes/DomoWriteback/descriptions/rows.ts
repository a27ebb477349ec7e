import type { INodeProperties } from 'n8n-workflow';

import { sinceVersion } from '../nodeVersion';

const conditions: INodeProperties[] = [
	{
		displayName: 'Column Name or ID',
		name: 'column',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'loadColumns', loadOptionsDependsOn: ['dataSet.value'] },
		default: '',
		description:
			'Its name in the DataSet. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		options: [
			{ name: 'Contains', value: 'contains', description: 'Text only' },
			{ name: 'Ends With', value: 'endsWith', description: 'Text only' },
			{ name: 'Is', value: 'is' },
			{ name: 'Is at Least', value: 'atLeast' },
			{ name: 'Is at Most', value: 'atMost' },
			{ name: 'Is Between', value: 'between', description: 'Both values included' },
			{ name: 'Is Empty', value: 'isEmpty', description: 'No value, or a text without characters' },
			{ name: 'Is Greater Than', value: 'greater', description: 'Or later' },
			{ name: 'Is Less Than', value: 'less', description: 'Or earlier' },
			{ name: 'Is Not', value: 'isNot', description: 'Also fits empty cells' },
			{ name: 'Is Not Empty', value: 'isNotEmpty' },
			{ name: 'Is One Of', value: 'isOneOf' },
			{ name: 'Starts With', value: 'startsWith', description: 'Text only' },
		],
		default: 'is',
		description: 'How the cell is compared, by the type of its column',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. north, 19.90 or <current_date-1>',
		displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
		description:
			'What the cell is compared with. For Is One Of, values with commas between them, or an expression that yields a list. Dates are ISO 8601, or &lt;current_date-1&gt; and the like; a day means its beginning.',
	},
	{
		displayName: 'And',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-31',
		displayOptions: { show: { operator: ['between'] } },
		description: 'The highest value that fits',
	},
];

/** The Rows pane: which rows of the DataSet are written, whatever the format. */
export const rows: INodeProperties = {
	displayName: 'Rows',
	name: 'rows',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: sinceVersion(1.1),
	options: [
		{
			displayName: 'Conditions',
			name: 'conditions',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Condition',
			default: {},
			description:
				'Which rows are written. The whole DataSet is still read and verified; the columns need not be among those that are written.',
			options: [{ displayName: 'Condition', name: 'condition', values: conditions }],
		},
		{
			displayName: 'Ignore Case',
			name: 'ignoreCase',
			type: 'boolean',
			default: true,
			description: 'Whether upper and lower case are alike when text is compared',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			hint: 'To try things out: the export ends there, so its rows are not compared with the number that Domo lists.',
			description: 'Max number of results to return',
		},
		{
			displayName: 'Match',
			name: 'match',
			type: 'options',
			options: [
				{ name: 'All Conditions', value: 'all' },
				{ name: 'Any Condition', value: 'any' },
			],
			default: 'all',
			description: 'How many of the conditions a row needs',
		},
		{
			displayName: 'Report Highest Value of Column Name or ID',
			name: 'reportHighest',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'loadColumns', loadOptionsDependsOn: ['dataSet.value'] },
			default: '',
			description:
				'The column whose highest value among the written rows is put into the receipt, to go on from there in the next run. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Berlin',
			description:
				"The time zone of days, and of times without a zone, in conditions. Defaults to the workflow's. The times of Domo are UTC.",
		},
	],
};
