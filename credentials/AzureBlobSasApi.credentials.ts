import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** A storage account, or one of its containers, opened by a shared access signature. The node's own test tries it. */
export class AzureBlobSasApi implements ICredentialType {
	name = 'azureBlobSasApi';

	displayName = 'Azure Blob SAS API';

	icon: Icon = {
		light: 'file:../nodes/DomoWriteback/domoWriteback.svg',
		dark: 'file:../nodes/DomoWriteback/domoWriteback.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-domo-writeback#azure-blob-sas-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Account Name',
			name: 'accountName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. mycompanydata',
			description: 'Name of the storage account',
		},
		{
			displayName: 'SAS Token',
			name: 'sasToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. sv=2024-11-04&ss=b&srt=so&sp=rwlc&se=…&sig=…',
			description:
				'An account SAS (service Blob, resource type Object) or the SAS of one container, with the permissions Read, Write and Create. To list containers, an account SAS also needs the resource type Service and the permission List. A whole SAS URL works, too. When you save, n8n tests an account SAS with Azure, but checks only the text of a container SAS.',
		},
		{
			displayName: 'Blob Endpoint',
			name: 'blobEndpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://mycompanydata.blob.core.usgovcloudapi.net',
			description:
				"Leave it empty for Azure's public cloud. Enter the address of a sovereign cloud, a private endpoint or Azurite.",
		},
	];
}
