import type { IDataObject, INode } from 'n8n-workflow';
import { NODE_VERSION } from '../../../nodes/DomoWriteback/nodeVersion';
import type { WorkflowJson } from '../../../sandbox/engine/engine';
import { oneNodeWorkflow } from '../oneNodeWorkflow';

export const NODE_NAME = 'Domo Writeback';
export const NODE_TYPE = 'n8n-nodes-domo-writeback.domoWriteback';

const CREDENTIALS = ['domoClientApi', 'sftpWritebackApi', 'azureBlobSasApi'];

/** Domo Writeback alone, in its newest version. */
export function writebackWorkflow(
	parameters: IDataObject,
	items: readonly IDataObject[],
	onError?: INode['onError'],
): WorkflowJson {
	const node = { name: NODE_NAME, type: NODE_TYPE, typeVersion: NODE_VERSION, parameters, credentials: CREDENTIALS };
	return oneNodeWorkflow({ ...node, ...(onError && { onError }) }, items);
}
