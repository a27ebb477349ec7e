import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { azureBlobSasApiTest, sftpWritebackApiTest } from './credentialTests';
import { loadColumns, searchContainers, searchDataSets } from './listSearch';
import { NODE_VERSION } from './nodeVersion';
import { details } from './properties/details';
import { fileFormat } from './properties/fileFormat';
import { publishing } from './properties/publishing';
import { settingHints } from './properties/settingHints';
import { transfer } from './properties/transfer';
import { runItems } from './runItems';
import { writebackSubtitle } from './subtitle';

/** Copies Domo DataSets to an SFTP server or to Azure Blob Storage; every input item is one writeback. */
export class DomoWriteback implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Domo Writeback',
		name: 'domoWriteback',
		icon: { light: 'file:domoWriteback.svg', dark: 'file:domoWriteback.dark.svg' },
		group: ['output'],
		version: NODE_VERSION,
		subtitle: writebackSubtitle,
		description:
			'Copy a Domo DataSet as a file to an SFTP server or to Azure Blob Storage; answers with what was written once all of it is there and verified',
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
				displayOptions: { hide: { destination: ['sftp'] } },
			},
		],
		hints: settingHints,
		properties: [...details, fileFormat, publishing, transfer],
	};

	methods = {
		loadOptions: { loadColumns },
		listSearch: { searchDataSets, searchContainers },
		credentialTest: { sftpWritebackApiTest, azureBlobSasApiTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this)];
	}
}
