import type { INodeProperties } from 'n8n-workflow';

import { dataSetParameter } from '../../shared/dataSetParameter';
import { sinceVersion } from '../nodeVersion';

/** Domo's Details pane: which DataSet, where to, and under which name. */
export const details: INodeProperties[] = [
	{
		displayName: 'Destination',
		name: 'destination',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Azure Blob Storage', value: 'azureBlob', description: 'A container that a SAS token gives access to' },
			{
				// As n8n writes its own name.
				// eslint-disable-next-line n8n-nodes-base/node-param-display-name-miscased
				name: 'n8n Binary File',
				value: 'binary',
				description: 'A file for the next node, such as S3, Google Drive or Send Email',
				displayOptions: sinceVersion(1.1),
			},
			{ name: 'SFTP', value: 'sftp', description: 'A folder on an SFTP server' },
		],
		default: 'sftp',
		description: 'Where to write the DataSet',
	},
	dataSetParameter,
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. /incoming/domo',
		description:
			"Folder on the server, absolute or relative to the login folder. Defaults to the login folder. Macros work as in 'Filename'.",
		displayOptions: { show: { destination: ['sftp'] } },
	},
	{
		displayName: 'Blob Container',
		name: 'container',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The container to write to',
		displayOptions: { show: { destination: ['azureBlob'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a container…',
				typeOptions: { searchListMethod: 'searchContainers', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. domo-exports',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^(\\$root|\\$web|(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*)$',
							errorMessage: 'Container names are 3 to 63 lower-case letters, digits and single hyphens',
						},
					},
				],
			},
		],
	},
	{
		displayName: 'Folder',
		name: 'folder',
		type: 'string',
		default: '',
		placeholder: 'e.g. domo/<current_date>',
		description:
			"Virtual folder in the container. Defaults to the root of the container. Macros work as in 'Filename'.",
		displayOptions: { show: { destination: ['azureBlob'] } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		description: 'The files of a split DataSet are in data_1, data_2 and so on, and a done file is in data_done',
		displayOptions: { show: { destination: ['binary'] } },
	},
	{
		displayName: 'Select Filename',
		name: 'selectFilename',
		type: 'options',
		options: [
			{ name: 'Input DataSet ID', value: 'dataSetId', description: "The DataSet's ID" },
			{ name: 'Input DataSet Name', value: 'dataSetName', description: "The DataSet's name in Domo" },
			{ name: 'Output File Name', value: 'filename', description: 'A custom name' },
		],
		default: 'dataSetId',
		description: 'How to name the file',
	},
	{
		displayName: 'Filename',
		name: 'filename',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. sales or sales_<current_date>.csv',
		description:
			'Name without a folder. If it has no extension, the node adds one. Macros: &lt;current_date&gt;, &lt;current_date-1&gt;, &lt;data_set_id&gt;, &lt;data_set_name&gt;, &lt;updated_at&gt;, &lt;rows&gt;, &lt;execution_id&gt;, &lt;part&gt;.',
		displayOptions: { show: { selectFilename: ['filename'] } },
	},
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'string',
		default: 'yyyy-MM-dd',
		placeholder: 'e.g. MMddyyyy_HHmmss',
		description: "Format of dates in macros, in the workflow's time zone",
	},
];
