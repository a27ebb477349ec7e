import type { INodeProperties } from 'n8n-workflow';

import { conditions, ignoreCase, match, timeZone } from '../../shared/rowConditions';
import { sinceVersion } from '../nodeVersion';

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
			...conditions,
			description:
				"Which rows to write. The whole DataSet is still read and verified. Conditions can use columns that aren't written.",
		},
		ignoreCase,
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			hint: "For testing: the export stops at the limit, so the node can't compare its rows with the number that Domo lists.",
			description: 'Max number of results to return',
		},
		match,
		{
			displayName: 'Report Highest Value of Column Name or ID',
			name: 'reportHighest',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'loadColumns', loadOptionsDependsOn: ['dataSet.value'] },
			default: '',
			description:
				"The column whose highest value among the written rows is added to the receipt, so that the next run can continue from there. Domo's times are in UTC: for a DATETIME column, enter UTC as 'Time Zone' of the next run. Choose from the list, or specify an ID using an <a href=\"https://docs.n8n.io/code/expressions/\">expression</a>.",
		},
		timeZone,
	],
};
