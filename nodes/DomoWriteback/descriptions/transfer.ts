import type { INodeProperties } from 'n8n-workflow';

import { idleTimeout } from '../../shared/idleTimeout';

/** The Transfer pane: how hard it tries. */
export const transfer: INodeProperties = {
	displayName: 'Transfer',
	name: 'transfer',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Block Size',
			name: 'blockSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 64 },
			default: 8,
			displayOptions: { show: { '/destination': ['azureBlob'] } },
			description: 'Size of a staged block in MiB. Defaults to 8. It doubles after every 7,000 blocks of a file.',
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 32 },
			default: 5,
			displayOptions: { show: { '/destination': ['azureBlob'] } },
			description: "How many blocks of one file to upload at once. Multiplied by 'Block Size', the maximum is 96 MiB.",
		},
		{
			displayName: 'Connections',
			name: 'connections',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'auto',
					description: 'One connection, with as many channels as the distance to the server requires',
				},
				...[1, 2, 3, 4, 5, 6, 7, 8].map((count) => ({ name: String(count), value: count })),
			],
			default: 'auto',
			displayOptions: { show: { '/destination': ['sftp'] } },
			description: 'How many SSH connections to use for one file. If the server allows fewer, the node uses fewer.',
		},
		idleTimeout,
		{
			displayName: 'Items at Once',
			name: 'itemsAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 16 },
			default: 4,
			description: 'How many input items to write in parallel. By default, up to 12 small DataSets or 2 large ones.',
		},
		{
			displayName: 'Max Tries',
			name: 'maxTries',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 3,
			description:
				'How many times to try a writeback that fails for a temporary reason, such as a lost connection, a busy Domo, or rows or bytes that differ',
		},
	],
};
