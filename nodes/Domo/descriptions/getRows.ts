import type { INodeProperties } from 'n8n-workflow';

import { conditions, ignoreCase, match, timeZone } from '../../shared/rowConditions';
import { showFor } from './showFor';

/** Which rows come, by the options of Domo Writeback's pane of this name. */
export const rowsPane: INodeProperties = {
	displayName: 'Rows',
	name: 'rows',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: showFor('getRows'),
	options: [
		{
			...conditions,
			description:
				'Which rows to return. The node filters the export as it arrives, so other rows take no memory, and stops at the limit.',
		},
		ignoreCase,
		match,
		timeZone,
	],
};

export const rowsOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
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
				'How many seconds without data before the connection counts as lost, up to 3600. Domo may take longer than this to prepare an export.',
		},
	],
};

export const getRowsFields: INodeProperties[] = [rowsPane, rowsOptions];
