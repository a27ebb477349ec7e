import type { INodeProperties } from 'n8n-workflow';

/** The Publishing pane: how a stored file gets its place. */
export const publishing: INodeProperties = {
	displayName: 'Publishing',
	name: 'publishing',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { destination: ['sftp'] } },
	options: [
		{
			displayName: 'Create Folders',
			name: 'createFolders',
			type: 'boolean',
			default: true,
			description: 'Whether folders of Path that are missing on the server are made',
		},
	],
};
