import type { IDataObject, INode, NodeParameterValueType } from 'n8n-workflow';
import { NODE_VERSION } from '../../../nodes/DomoWriteback/nodeVersion';
import type { WorkflowJson } from '../../../sandbox/engine/engine';

export const NODE_NAME = 'Domo Writeback';
export const NODE_TYPE = 'n8n-nodes-domo-writeback.domoWriteback';

/** Manual Trigger → Domo Writeback → main output and, when there is one, error output. */
export function writebackWorkflow(
	parameters: IDataObject,
	items: readonly IDataObject[],
	onError?: INode['onError'],
): WorkflowJson {
	const branch = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const credential = (type: string) => ({ [type]: { id: type, name: type } });
	return {
		name: 'Writeback',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			{
				...node(NODE_NAME, NODE_TYPE),
				typeVersion: NODE_VERSION,
				parameters: parameters as Record<string, NodeParameterValueType>,
				credentials: {
					...credential('domoClientApi'),
					...credential('sftpWritebackApi'),
					...credential('azureBlobSasApi'),
				},
				...(onError && { onError }),
			},
			node('Good', 'n8n-nodes-base.noOp'),
			node('Bad', 'n8n-nodes-base.noOp'),
		],
		connections: {
			Start: { main: [branch(NODE_NAME)] },
			[NODE_NAME]: { main: [branch('Good'), branch('Bad')] },
		},
		pinData: { Start: items.map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	};
}

function node(name: string, type: string): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}
