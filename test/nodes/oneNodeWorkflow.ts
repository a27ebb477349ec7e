import type { IDataObject, INode, NodeParameterValueType } from 'n8n-workflow';
import type { WorkflowJson } from '../../sandbox/engine/engine';

/** The node that a workflow is about. */
export interface OneNode {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: IDataObject;
	/** Types of credentials, which also are their IDs. */
	readonly credentials: readonly string[];
	readonly onError?: INode['onError'];
}

/** Manual Trigger → the node → main output and, when there is one, error output. */
export function oneNodeWorkflow(
	{ credentials, onError, ...own }: OneNode,
	items: readonly IDataObject[],
): WorkflowJson {
	const branch = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		name: own.name,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			{
				...node(own.name, own.type),
				typeVersion: own.typeVersion,
				parameters: own.parameters as Record<string, NodeParameterValueType>,
				credentials: Object.fromEntries(credentials.map((type) => [type, { id: type, name: type }])),
				...(onError && { onError }),
			},
			node('Good', 'n8n-nodes-base.noOp'),
			node('Bad', 'n8n-nodes-base.noOp'),
		],
		connections: {
			Start: { main: [branch(own.name)] },
			[own.name]: { main: [branch('Good'), branch('Bad')] },
		},
		pinData: { Start: items.map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	};
}

function node(name: string, type: string): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}
