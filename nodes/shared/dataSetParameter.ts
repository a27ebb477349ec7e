import type { INodeProperties } from 'n8n-workflow';

const GUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** Picks a DataSet: from the list, by the address of its page, or by its ID. */
export const dataSetParameter: INodeProperties = {
	displayName: 'Input DataSet ID',
	name: 'dataSet',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The DataSet to copy',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a DataSet…',
			typeOptions: { searchListMethod: 'searchDataSets', searchable: true },
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://mycompany.domo.com/datasources/845305d8-da3d-4107-a9d6-13ef3f86d4a4/details/overview',
			extractValue: { type: 'regex', regex: `datasources/(${GUID})` },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `^https://[^/]+/(?:.*/)?datasources/${GUID}(?:[/?#].*)?$`,
						errorMessage: "Copy the address of the DataSet's page in Domo. It contains datasources/ and the ID.",
					},
				},
			],
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 845305d8-da3d-4107-a9d6-13ef3f86d4a4',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `^\\s*${GUID}\\s*$`,
						errorMessage: 'A DataSet ID looks like 845305d8-da3d-4107-a9d6-13ef3f86d4a4',
					},
				},
			],
		},
	],
};
