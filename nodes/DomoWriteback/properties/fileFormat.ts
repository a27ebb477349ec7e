import type { INodeProperties } from 'n8n-workflow';

/** The File Format pane. It has no options yet: the bytes pass as Domo sends them. */
export const fileFormat: INodeProperties = {
	displayName: 'File Format',
	name: 'fileFormat',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [],
};
