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
			displayName: 'Connections',
			name: 'connections',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'auto',
					description: 'One connection, with as many channels as the distance asks for',
				},
				...[1, 2, 3, 4, 5, 6, 7, 8].map((count) => ({ name: String(count), value: count })),
			],
			default: 'auto',
			displayOptions: { show: { '/destination': ['sftp'] } },
			description: 'How many SSH connections may carry one file. A server that allows fewer gets fewer.',
		},
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
