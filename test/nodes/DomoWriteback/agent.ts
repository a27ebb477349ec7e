import { type IDataObject, type IExecuteFunctions, type INodeType, NodeConnectionTypes } from 'n8n-workflow';
import type { WorkflowJson } from '../../../sandbox/engine/engine';
import { NODE_NAME, NODE_TYPE } from './workflow';

/** A tool as n8n-core hands it to an agent. */
interface Tool {
	readonly name: string;
	readonly description: string;
	readonly schema: { readonly shape: Readonly<Record<string, { readonly description?: string }>> };
	invoke(args: IDataObject): Promise<string>;
}

/** What an AI Agent does to its tools, with the model's wishes given: `json.calls` of the item. Puts out what the model would read. */
export class Agent implements INodeType {
	readonly description: INodeType['description'] = {
		name: 'agent',
		displayName: 'Agent',
		group: ['transform'],
		version: 1,
		description: 'Fixture',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions) {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as [Tool];
		const calls = this.getInputData()[0]?.json.calls as IDataObject[];
		const heard = await Promise.all(
			calls.map(async (args) => await tool.invoke(args).catch((fault: Error) => `Error: ${fault.message}`)),
		);
		const { name, description, schema } = tool;
		const asked = Object.fromEntries(Object.entries(schema.shape).map(([key, one]) => [key, one.description ?? '']));
		return [[{ json: { name, description, asked, heard } }]];
	}
}

export const AGENT_TYPE = 'fixture.agent';

/** Start → Agent, with a node as its tool: Domo Writeback, or another one with the same credential for Domo. */
export function agentWorkflow(
	parameters: IDataObject,
	calls: readonly IDataObject[],
	nodeType = NODE_TYPE,
): WorkflowJson {
	const plain = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const credential = (type: string) => ({ [type]: { id: type, name: type } });
	return {
		name: 'Agent',
		nodes: [
			{ ...plain, id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ ...plain, id: 'agent', name: 'Agent', type: AGENT_TYPE },
			{
				...plain,
				id: 'tool',
				name: NODE_NAME,
				type: `${nodeType}Tool`,
				parameters: parameters as WorkflowJson['nodes'][number]['parameters'],
				credentials: { ...credential('domoClientApi'), ...credential('sftpWritebackApi') },
			},
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			[NODE_NAME]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
		pinData: { Start: [{ json: { calls: [...calls] } }] },
		settings: { executionOrder: 'v1' },
	};
}
