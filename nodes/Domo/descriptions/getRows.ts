import type { INodeProperties } from 'n8n-workflow';

import { idleTimeout } from '../../shared/idleTimeout';
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
	options: [idleTimeout],
};

export const getRowsFields: INodeProperties[] = [rowsPane, rowsOptions];
