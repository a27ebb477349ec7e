import { NodeConnectionTypes, type INodeProperties, type INodeType } from 'n8n-workflow';

/** The ending of a node type's name by which workflows mean its tool. */
const SUFFIX = 'Tool';

/** Without this ending; undefined for the name of no tool. */
export function toolOf(name: string): string | undefined {
	return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : undefined;
}

/**
 * What n8n's server makes of a node that is usable as a tool (packages/cli, tool-generation/ai-tools): no inputs, one output that leads
 * to an agent, and a field for the tool's description to the model, filled with the node's description. How it is called is n8n-core's own doing.
 */
export function asTool(node: INodeType): INodeType {
	const { description } = node;
	if (description.usableAsTool === undefined) throw new Error('Node cannot be used as a tool');
	const told: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description.description,
		required: true,
		typeOptions: { rows: 2 },
	};
	const tool = {
		...description,
		name: description.name + SUFFIX,
		displayName: `${description.displayName} ${SUFFIX}`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [told, ...description.properties],
	};
	return Object.create(node, { description: { value: tool } });
}
