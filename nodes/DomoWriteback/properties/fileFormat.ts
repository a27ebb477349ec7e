import type { INodeProperties } from 'n8n-workflow';

/** The File Format pane. Without any option the bytes pass as Domo sends them. */
export const fileFormat: INodeProperties = {
	displayName: 'File Format',
	name: 'fileFormat',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [],
};
