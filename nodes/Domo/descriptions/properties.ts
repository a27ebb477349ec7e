import type { INodeProperties } from 'n8n-workflow';

import { dataSetParameter } from '../../shared/dataSetParameter';
import { getManyFields } from './getMany';
import { getRowsFields } from './getRows';
import { queryFields } from './query';
import { showFor } from './showFor';

/* eslint-disable n8n-nodes-base/node-param-operation-option-action-miscased -- DataSet is written as Domo writes it */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['dataSet'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get a DataSet',
			description: 'Get the metadata of a DataSet, including its schema',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			action: 'Get many DataSets',
			description: 'List the DataSets that the Domo client can see',
		},
		{
			name: 'Get Rows',
			value: 'getRows',
			action: 'Get rows of a DataSet',
			description: 'Get the rows of a DataSet, one item per row',
		},
		{
			name: 'Query',
			value: 'query',
			action: 'Query a DataSet',
			description: 'Run SQL on a DataSet, and get one item per row of the result',
		},
	],
	default: 'get',
};

/* eslint-enable n8n-nodes-base/node-param-operation-option-action-miscased */

/** All fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'DataSet', value: 'dataSet' }],
		default: 'dataSet',
	},
	operation,
	{
		...dataSetParameter,
		description: 'The DataSet to read',
		displayOptions: showFor('get', 'getRows', 'query'),
	},
	...queryFields,
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions: showFor('getMany', 'getRows'),
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { resource: ['dataSet'], operation: ['getMany', 'getRows'], returnAll: [false] } },
		description: 'Max number of results to return',
	},
	...getManyFields,
	...getRowsFields,
];
