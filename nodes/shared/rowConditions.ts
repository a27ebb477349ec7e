import type { INodeProperties } from 'n8n-workflow';

const condition: INodeProperties[] = [
	{
		displayName: 'Column Name or ID',
		name: 'column',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'loadColumns', loadOptionsDependsOn: ['dataSet.value'] },
		default: '',
		description:
			'The column\'s name in the DataSet. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
			{ name: 'Is Empty', value: 'isEmpty', description: 'No value, or text without characters' },
			{ name: 'Is Greater Than', value: 'greater', description: 'Or later' },
			{ name: 'Is Less Than', value: 'less', description: 'Or earlier' },
			{ name: 'Is Not', value: 'isNot', description: 'Also matches empty cells' },
			{ name: 'Is Not Empty', value: 'isNotEmpty' },
			{ name: 'Is One Of', value: 'isOneOf' },
			{ name: 'Starts With', value: 'startsWith', description: 'Text only' },
		],
		default: 'is',
		description: 'How to compare the cell, according to the type of its column',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. north, 19.90 or <current_date-1>',
		displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
		description:
			'The value to compare the cell with. For Is One Of, separate values with commas, or use an expression that returns a list. Write dates in ISO 8601, or use macros such as &lt;current_date-1&gt;. A date without a time means the start of that day.',
	},
	{
		displayName: 'And',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-31',
		displayOptions: { show: { operator: ['between'] } },
		description: 'The highest value that matches. A date without a time means the start of that day.',
	},
];

/*
 * The options of a Rows pane that say which rows fit. A pane sorts them by label among its own; `readRowConditions` reads them.
 */

export const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	options: [{ displayName: 'Condition', name: 'condition', values: condition }],
};

export const ignoreCase: INodeProperties = {
	displayName: 'Ignore Case',
	name: 'ignoreCase',
	type: 'boolean',
	default: true,
	description: 'Whether to ignore upper and lower case when comparing text',
};

export const match: INodeProperties = {
	displayName: 'Match',
	name: 'match',
	type: 'options',
	options: [
		{ name: 'All Conditions', value: 'all' },
		{ name: 'Any Condition', value: 'any' },
	],
	default: 'all',
	description: 'How many of the conditions a row must meet',
};

export const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Berlin',
	description:
		"The time zone for dates, and for times without a time zone, in conditions. Defaults to the workflow's time zone. Domo's times are in UTC.",
};
