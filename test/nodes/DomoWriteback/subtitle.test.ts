import { type INode, type INodeParameters, type INodeType, Workflow } from 'n8n-workflow';
import { Domo } from '../../../nodes/Domo/Domo.node';
import { DomoDataSetTrigger } from '../../../nodes/DomoDataSetTrigger/DomoDataSetTrigger.node';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';
import { nodeTypesOf } from '../../../sandbox/engine/nodeTypes';

const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const picked = (cachedResultName: string) => ({ __rl: true, mode: 'list', value: ID, cachedResultName });
const sales = picked('Sales (1,200 rows, updated 2026-11-01)');
const toSftp = { destination: 'sftp', path: 'exports/daily' };

/** What n8n's editor shows below the node: its subtitle, evaluated without any items. */
function subtitleOf(node: INodeType, parameters: INodeParameters): unknown {
	const on: INode = { id: 'node', name: 'Node', type: 'it', typeVersion: 1, position: [0, 0], parameters };
	const workflow = new Workflow({ nodes: [on], connections: {}, active: false, nodeTypes: nodeTypesOf({ it: node }) });
	const shown = workflow.nodes.Node ?? on;
	return workflow.expression.getSimpleParameterValue(shown, node.description.subtitle, 'internal', {});
}

const writeback = (parameters: INodeParameters) => subtitleOf(new DomoWriteback(), parameters);
const domo = (parameters: INodeParameters) => subtitleOf(new Domo(), parameters);
const trigger = (parameters: INodeParameters) => subtitleOf(new DomoDataSetTrigger(), parameters);

test.each([
	['picked from the list', sales, 'Sales → SFTP exports/daily'],
	['whose name has parentheses', picked('Sales (EU) (1 row)'), 'Sales (EU) → SFTP exports/daily'],
	['with a long name', picked('Awkward "cells", 100 % of them (12 rows)'), 'Awkward "cell… → SFTP exports/daily'],
	['whose rows Domo does not list', picked('Sales (updated 2026-11-01)'), 'Sales → SFTP exports/daily'],
	['given by its ID', { __rl: true, mode: 'id', value: ID }, '845305d8… → SFTP exports/daily'],
	[
		'given by its address',
		{ __rl: true, mode: 'url', value: `https://mycompany.domo.com/datasources/${ID}/details/overview` },
		'845305d8… → SFTP exports/daily',
	],
	['not chosen yet', { __rl: true, mode: 'list', value: '' }, 'SFTP exports/daily'],
	['that was chosen before an ID was typed', { ...sales, mode: 'id' }, '845305d8… → SFTP exports/daily'],
	[
		'that each item brings',
		{ __rl: true, mode: 'id', value: '={{ $json.secretName }}' },
		'Each item → SFTP exports/daily',
	],
])('a writeback of a DataSet %s is named by it and by its target', (_, dataSet, subtitle) => {
	expect(writeback({ ...toSftp, dataSet })).toBe(subtitle);
});

test.each([
	['the login folder', { path: '' }, 'Sales → SFTP'],
	['a folder by date', { path: 'in/<current_date>' }, 'Sales → SFTP in/<current_date>'],
	['a folder by expression', { path: '={{ $json.hidden }}' }, 'Sales → SFTP …'],
	['a folder that is partly one', { path: '=in/{{ $json.hidden }}/{{ $now }}' }, 'Sales → SFTP in/…/…'],
	['a folder whose expression has no end', { path: '=in/{{ $json.hidden' }, 'Sales → SFTP in/…'],
	['a folder in an expression field', { path: '=in/plain' }, 'Sales → SFTP in/plain'],
	[
		'a container and its folder',
		{ destination: 'azureBlob', container: { __rl: true, mode: 'name', value: 'exports' }, folder: 'daily' },
		'Sales → Azure exports/daily',
	],
	[
		'a container by expression',
		{ destination: 'azureBlob', container: { __rl: true, mode: 'name', value: '={{ $json.hidden }}' } },
		'Sales → Azure …',
	],
	['the next node', { destination: 'binary', binaryPropertyName: 'report' }, 'Sales → binary report'],
	['no container yet', { destination: 'azureBlob' }, 'Sales → Azure'],
])('a writeback to %s says so', (_, parameters, subtitle) => {
	expect(writeback({ ...toSftp, dataSet: sales, ...parameters })).toBe(subtitle);
});

test.each([
	['one DataSet', { dataSets: { dataSet: [{ dataSet: sales }] } }, 'Sales'],
	['two', { dataSets: { dataSet: [{ dataSet: sales }, { dataSet: picked('Costs (3 rows)') }] } }, 'Sales, Costs'],
	['many', { dataSets: { dataSet: Array.from({ length: 5 }, () => ({ dataSet: sales })) } }, 'Sales and 4 more'],
	['none yet', { dataSets: { dataSet: [{}] } }, 'chosen DataSets'],
	['a name', { watch: 'name', nameContains: 'sales' }, 'name contains sales'],
	['every name', { watch: 'name', nameContains: '' }, 'all DataSets'],
	['an owner by expression', { watch: 'owner', owner: '={{ $vars.hidden }}' }, 'owner …'],
])('a trigger that watches %s says so', (_, parameters, subtitle) => {
	expect(trigger(parameters)).toBe(subtitle);
});

test.each([
	['gets a DataSet', { operation: 'get', dataSet: sales }, 'get: Sales'],
	['gets rows', { operation: 'getRows', dataSet: { __rl: true, mode: 'id', value: ID } }, 'get rows: 845305d8…'],
	['queries what each item brings', { operation: 'query', dataSet: '={{ $json.id }}' }, 'query: Each item'],
	['lists all', { operation: 'getMany' }, 'get many'],
	[
		'lists by filters',
		{ operation: 'getMany', filters: { nameContains: 'sales', owner: '={{ $json.owner }}' } },
		'get many: name contains sales, owner …',
	],
])('a node that %s says so', (_, parameters, subtitle) => {
	expect(domo({ resource: 'dataSet', ...parameters })).toBe(subtitle);
});
