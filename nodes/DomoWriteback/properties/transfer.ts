import type { INodeProperties } from 'n8n-workflow';

/** The Transfer pane: how hard it tries. */
export const transfer: INodeProperties = {
	displayName: 'Transfer',
	name: 'transfer',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Idle Timeout',
			name: 'idleTimeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'How many seconds may pass without a byte before the connection counts as lost',
		},
		{
			displayName: 'Max Tries',
			name: 'maxTries',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 3,
			description: 'How often the writeback is attempted when Domo or the destination breaks off',
		},
	],
};
