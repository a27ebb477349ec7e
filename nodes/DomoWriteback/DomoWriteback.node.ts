import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { loadColumns } from '../shared/loadColumns';
import { searchDataSets } from '../shared/searchDataSets';
import { details } from './descriptions/details';
import { fileFormat } from './descriptions/fileFormat';
import { parameterHints } from './descriptions/parameterHints';
import { publishing } from './descriptions/publishing';
import { rows } from './descriptions/rows';
import { transfer } from './descriptions/transfer';
import { executeItems } from './execute';
import { azureBlobSasApiTest, sftpWritebackApiTest } from './methods/credentialTest';
import { searchContainers } from './methods/listSearch';
import { NODE_VERSION } from './nodeVersion';
import { writebackSubtitle } from './subtitle';

/** Copies Domo DataSets to an SFTP server, to Azure Blob Storage or to the next node; every input item is one writeback. */
export class DomoWriteback implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Domo Writeback',
		name: 'domoWriteback',
		icon: { light: 'file:domoWriteback.svg', dark: 'file:domoWriteback.dark.svg' },
		group: ['output'],
		version: [1, NODE_VERSION],
		subtitle: writebackSubtitle,
		description:
			'Copy a Domo DataSet as a file to SFTP or Azure Blob Storage, or hand it to the next node, and verify it',
		defaults: { name: 'Domo Writeback' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'domoClientApi', displayName: 'Domo Credential', required: true },
			{
				name: 'sftpWritebackApi',
				displayName: 'SFTP Credential',
				required: true,
				testedBy: 'sftpWritebackApiTest',
				displayOptions: { show: { destination: ['sftp'] } },
			},
			{
				name: 'azureBlobSasApi',
				displayName: 'Azure Blob SAS Credential',
				required: true,
				testedBy: 'azureBlobSasApiTest',
				// n8n's editor takes a parameter for a choice of login, and hides it, when a credential is shown for every value.
				displayOptions: { hide: { destination: ['sftp', 'binary'] } },
			},
		],
		hints: parameterHints,
		properties: [...details, rows, fileFormat, publishing, transfer],
	};

	methods = {
		loadOptions: { loadColumns },
		listSearch: { searchDataSets, searchContainers },
		credentialTest: { sftpWritebackApiTest, azureBlobSasApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeItems(this)];
	}
}
