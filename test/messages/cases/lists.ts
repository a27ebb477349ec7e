import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Stage } from '../stage/stage';

/** One message that stands in place of a list in the editor. */
export interface ListCase {
	readonly says: string;
	readonly parameter: 'dataSet' | 'container';
	readonly method: 'searchDataSets' | 'searchContainers';
	/** The credential that the list asks for; absent when none is chosen. */
	readonly credential?: { readonly type: string; readonly data: ICredentialDataDecryptedObject };
}

export function listCases({ azure }: Pick<Stage, 'azure'>): readonly ListCase[] {
	const dataSets = { parameter: 'dataSet', method: 'searchDataSets' } as const;
	const containers = { parameter: 'container', method: 'searchContainers' } as const;
	const { accountName, blobEndpoint } = azure;
	const sasToken = azure.accountSas({ permissions: 'rwc', resourceTypes: 'sco' });
	return [
		{ says: 'Domo Credential: none is selected yet', ...dataSets },
		{ says: 'Azure Blob SAS Credential: none is selected yet', ...containers },
		{
			says: "The SAS token doesn't allow listing containers",
			...containers,
			credential: { type: 'azureBlobSasApi', data: { accountName, blobEndpoint, sasToken } },
		},
	];
}
