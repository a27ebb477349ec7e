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
			"Folder that files are written to, on the same disk of the server as 'Path'; absolute, or from the login folder. Macros work here, too.",
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
					"Written to 'Temporary Folder' and moved to 'Path', for servers that allow this and readers that take all they see",
			},
			{
				name: 'Hidden File',
				value: 'hidden',
				description: 'Written beside the target as .sales.csv.….part',
			},
			{
				name: 'None: Write in Place',
				value: 'none',
				description:
					"Written under the target's own name, for servers that can't rename. Readers may see a part of it, and a failed writeback leaves the old file overwritten.",
			},
			{
				name: 'Suffix',
				value: 'suffix',
				description:
					'Written beside the target as sales.….part.csv, for servers that allow only some extensions or no names that begin with a dot',
			},
		],
		default: 'hidden',
		displayOptions: sftp,
		description: 'What a file is called until it is complete and gets its own name',
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
				{ name: 'Archive', value: 'Archive', description: 'Offline: takes hours to read' },
				{ name: 'Cold', value: 'Cold' },
				{ name: 'Cool', value: 'Cool' },
				{ name: 'Hot', value: 'Hot' },
			],
			default: 'default',
			displayOptions: azure,
			description: 'Where the account keeps the blob',
		},
		{
			displayName: 'Cache Control',
			name: 'cacheControl',
			type: 'string',
			default: '',
			placeholder: 'e.g. max-age=3600',
			displayOptions: azure,
			description: 'What the blob tells caches',
		},
		{
			displayName: 'Content Type',
			name: 'contentType',
			type: 'string',
			default: '',
			placeholder: 'e.g. text/csv',
			displayOptions: { show: { '/destination': ['azureBlob', 'binary'] } },
			description: 'What the blob or the binary file says it is. Left out, it follows the format.',
		},
		{
			displayName: 'Create Folders',
			name: 'createFolders',
			type: 'boolean',
			default: true,
			displayOptions: sftp,
			description: 'Whether folders of Path that are missing on the server are made',
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
			description: 'A file that is written when everything else is in place',
		},
		{
			displayName: 'Done File Name',
			name: 'doneFileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. _SUCCESS',
			displayOptions: { show: { doneFile: ['empty', 'manifest'] } },
			description: 'Left out, it is that of the file with another ending. Macros work here, too.',
		},
		{
			displayName: 'If Exists',
			name: 'ifExists',
			type: 'options',
			options: [
				{ name: 'Add Number', value: 'addNumber', description: 'Write beside it, as sales-1.csv' },
				{ name: 'Fail', value: 'fail' },
				{ name: 'Replace', value: 'replace', description: 'In one step, when the new file is complete' },
				{ name: 'Skip', value: 'skip', description: 'Leave it, and say so' },
			],
			default: 'replace',
			displayOptions: onServers,
			description: 'What happens when the target has a file already',
		},
		{
			displayName: 'If No Rows',
			name: 'ifNoRows',
			type: 'options',
			options: [
				{ name: 'Skip', value: 'skip', description: 'Leave the target as it is, and say so' },
				{ name: 'Write the File', value: 'write', description: 'With its header alone' },
			],
			default: 'write',
			displayOptions: sinceVersion(1.1),
			description: 'What happens when the DataSet has no rows, or none that fits the conditions under Rows',
		},
		pairs('Metadata', 'metadata', 'Add Metadata', 'Names and values kept with the blob'),
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
			description: 'What the file says about when it was changed',
		},
		{
			displayName: 'Only If Changed',
			name: 'onlyIfChanged',
			type: 'boolean',
			default: true,
			displayOptions: onServers,
			description:
				'Whether a DataSet is skipped when the target holds its present data already. The target itself tells: by the times of the file, or the metadata of the blob. A change of other settings does not count.',
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
				{ name: 'Fail', value: 'fail', description: 'Nothing is published' },
				{ name: 'Off', value: 'off' },
				{ name: 'Warn', value: 'warn', description: 'The file is published, and the receipt says so' },
			],
			default: 'fail',
			description: 'What happens when Domo sends other rows than it lists, and neither PDP nor a refresh explains it',
		},
		pairs('Tags', 'tags', 'Add Tag', 'Tags by which blobs are found; the SAS needs the permission Tags (t)'),
		...temporaryName,
		{
			displayName: 'Verify Content',
			name: 'verifyContent',
			type: 'boolean',
			default: true,
			displayOptions: onServers,
			description:
				'Whether all of the stored file is read back and its SHA-256 compared. Without it, the size and samples of every block are compared.',
		},
	],
};
