import type { INodeProperties } from 'n8n-workflow';

import { showFor } from './showFor';

export const rowsOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: showFor('getRows'),
	options: [
		{
			displayName: 'Idle Timeout',
			name: 'idleTimeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			default: 60,
			description:
				'How many seconds may pass without a byte before the connection counts as lost, up to an hour. Domo may take longer than this to prepare an export.',
		},
	],
};

export const getRowsFields: INodeProperties[] = [rowsOptions];
