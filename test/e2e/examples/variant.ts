import type { INode } from 'n8n-workflow';
import type { Workflow } from '../workflows';
import { EXAMPLES } from './stage';

/** An example under another ID, some of whose nodes are changed; it starts by hand only, whatever its schedule. */
export function variant(example: string, id: string, change: (node: INode) => Partial<INode> = () => ({})): Workflow {
	const found = EXAMPLES.find((workflow) => workflow.id === example);
	if (found === undefined) throw new Error(`There is no example ${example}`);
	const isSchedule = ({ type }: INode) => type === 'n8n-nodes-base.scheduleTrigger';
	const nodes = found.nodes.map((node) => ({ ...node, ...change(node), disabled: isSchedule(node) }));
	return { ...found, id, name: id, nodes };
}
