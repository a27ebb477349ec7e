import type { INodeProperties } from 'n8n-workflow';

import { showFor } from './showFor';

export const queryFields: INodeProperties[] = [
	{
		displayName: 'SQL',
		name: 'sql',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. SELECT region, SUM(amount) AS total FROM table GROUP BY region',
		displayOptions: showFor('query'),
		description:
			'The query to run. The DataSet is named table, and column names with spaces need backticks. Domo limits a query to 60 seconds and 1,000,000 rows; the node refuses a result that reaches either limit.',
	},
];
