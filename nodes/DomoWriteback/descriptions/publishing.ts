import type { INodeProperties } from 'n8n-workflow';

import { sinceVersion } from '../nodeVersion';

const sftp = { show: { '/destination': ['sftp'] } };
const azure = { show: { '/destination': ['azureBlob'] } };
/** What a server holds already; n8n puts out a file of its own with every item. */
const onServers = { hide: { '/destination': ['binary'] } };

const pairs = (displayName: string, name: string, placeholder: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder,
	default: {},
	displayOptions: azure,
	description,
	options: [
		{
			displayName: 'Entry',
			name: 'entry',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
});

const temporaryName: INodeProperties[] = [
	{
		displayName: 'Temporary Folder',
		name: 'temporaryFolder',
		type: 'string',
		default: '',
		placeholder: 'e.g. /incoming/temporary',
		displayOptions: { show: { '/destination': ['sftp'], temporaryName: ['folder'] } },
		description:
			"Folder to write files to first, on the same disk of the server as 'Path'. Absolute or relative to the login folder. Macros work here, too.",
	},
	{
		displayName: 'Temporary Name',
		name: 'temporaryName',
		type: 'options',
		options: [
			{
				name: 'Folder',
				value: 'folder',
				description:
					"Written to 'Temporary Folder' and then moved to 'Path'. Use it if the server allows this and readers pick up every file they see.",
			},
			{
				name: 'Hidden File',
				value: 'hidden',
				description: 'Written next to the target, as .sales.csv.….part',
			},
			{
				name: 'None: Write in Place',
				value: 'none',
				description:
					"Written directly under the target's name, for servers that can't rename. Readers may see part of the file, and a failed writeback can leave the old file overwritten or incomplete.",
			},
			{
				name: 'Suffix',
				value: 'suffix',
				description:
					'Written next to the target, as sales.….part.csv, for servers that allow only some extensions or no names that begin with a dot',
			},
		],
		default: 'hidden',
		displayOptions: sftp,
		description: 'The name of a file until it is complete',
	},
];

/** The Publishing pane: how a stored file gets its place. */
export const publishing: INodeProperties = {
	displayName: 'Publishing',
	name: 'publishing',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Access Tier',
			name: 'accessTier',
			type: 'options',
			options: [
				{ name: 'Account Default', value: 'default' },
				{ name: 'Archive', value: 'Archive', description: 'Offline storage. Reading it takes hours.' },
				{ name: 'Cold', value: 'Cold' },
				{ name: 'Cool', value: 'Cool' },
				{ name: 'Hot', value: 'Hot' },
			],
			default: 'default',
			displayOptions: azure,
			description: 'The access tier of the blob',
		},
		{
			displayName: 'Cache Control',
			name: 'cacheControl',
			type: 'string',
			default: '',
			placeholder: 'e.g. max-age=3600',
			displayOptions: azure,
			description: "The blob's Cache-Control header",
		},
		{
			displayName: 'Content Type',
			name: 'contentType',
			type: 'string',
			default: '',
			placeholder: 'e.g. text/csv',
			displayOptions: { show: { '/destination': ['azureBlob', 'binary'] } },
			description: "The content type of the blob or the binary file. Defaults to the type of the file's format.",
		},
		{
			displayName: 'Create Folders',
			name: 'createFolders',
			type: 'boolean',
			default: true,
			displayOptions: sftp,
			description: "Whether to create the folders of 'Path' that are missing on the server",
		},
		{
			displayName: 'Done File',
			name: 'doneFile',
			type: 'options',
			options: [
				{ name: 'Empty Marker', value: 'empty', description: 'A file without content' },
				{ name: 'JSON Manifest', value: 'manifest', description: 'File names, rows, bytes, SHA-256, schema and times' },
				{ name: 'None', value: 'none' },
			],
			default: 'empty',
			description: 'A file to write after all other files are in place',
		},
		{
			displayName: 'Done File Name',
			name: 'doneFileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. _SUCCESS',
			displayOptions: { show: { doneFile: ['empty', 'manifest'] } },
			description: "Defaults to the data file's name, with an ending of its own. Macros work here, too.",
		},
		{
			displayName: 'If Exists',
			name: 'ifExists',
			type: 'options',
			options: [
				{ name: 'Add Number', value: 'addNumber', description: 'Write next to it, e.g. as sales-1.csv' },
				{ name: 'Fail', value: 'fail' },
				{ name: 'Replace', value: 'replace', description: 'Replace it in one step, when the new file is complete' },
				{ name: 'Skip', value: 'skip', description: 'Keep it, and say so in the receipt' },
			],
			default: 'replace',
			displayOptions: onServers,
			description: 'What to do if the target already exists',
		},
		{
			displayName: 'If No Rows',
			name: 'ifNoRows',
			type: 'options',
			options: [
				{ name: 'Skip', value: 'skip', description: 'Keep the target as it is, and say so in the receipt' },
				{ name: 'Write the File', value: 'write', description: 'Write a file with only the header' },
			],
			default: 'write',
			displayOptions: sinceVersion(1.1),
			description: 'What to do if the DataSet has no rows, or none that match the conditions under Rows',
		},
		pairs('Metadata', 'metadata', 'Add Metadata', 'Names and values to store with the blob'),
		{
			displayName: 'Modified Time',
			name: 'modifiedTime',
			type: 'options',
			options: [
				{ name: "DataSet's Time", value: 'dataSet', description: 'When Domo last updated the DataSet' },
				{ name: 'Time of Upload', value: 'upload' },
			],
			default: 'dataSet',
			displayOptions: sftp,
			description: 'The modified time of the file',
		},
		{
			displayName: 'Only If Changed',
			name: 'onlyIfChanged',
			type: 'boolean',
			default: true,
			displayOptions: onServers,
			description:
				"Whether to skip a DataSet if the target already holds its current data. The node reads this from the times of the file or the metadata of the blob. Changes to the settings under Rows also count; changes to other settings don't.",
		},
		{
			displayName: 'Permissions',
			name: 'permissions',
			type: 'string',
			default: '640',
			placeholder: 'e.g. 640',
			displayOptions: sftp,
			description: "The file's permissions, in octal",
		},
		{
			displayName: 'Row Check',
			name: 'rowCheck',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'Publish nothing' },
				{ name: 'Off', value: 'off' },
				{ name: 'Warn', value: 'warn', description: 'Publish the file, and say so in the receipt' },
			],
			default: 'fail',
			description:
				'What to do if Domo sends a different number of rows than it lists, and neither PDP nor a refresh explains it',
		},
		pairs('Tags', 'tags', 'Add Tag', 'Index tags to find the blob by. The SAS token needs the permission Tags (t).'),
		...temporaryName,
		{
			displayName: 'Verify Content',
			name: 'verifyContent',
			type: 'boolean',
			default: true,
			displayOptions: onServers,
			description:
				'Whether to read back the whole stored file and compare it with what was sent. Without it, the node compares samples of every block on SFTP, and checksums or the size on Azure.',
		},
	],
};
