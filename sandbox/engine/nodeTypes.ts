import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription, INodeTypes, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { asTool, toolOf } from './tools';

/** Node types by the name that workflows store, e.g. `{ 'n8n-nodes-domo-writeback.domoWriteback': DomoWriteback }`. */
export type NodeClasses = Readonly<Record<string, INodeType | (new () => INodeType)>>;

/** Says what n8n says when a workflow holds a node that is not installed. */
export function nodeTypesOf(classes: NodeClasses): INodeTypes {
	const nodes = new Map<string, INodeType>();
	for (const [name, node] of Object.entries({ ...BUILT_IN, ...classes })) {
		nodes.set(name, typeof node === 'function' ? new node() : node);
	}
	const getByName = (name: string): INodeType => {
		const node = nodes.get(name);
		if (node) return node;
		const base = nodes.get(toolOf(name) ?? '');
		if (!base) throw new Error(`Unrecognized node type: ${name}`);
		return asTool(base);
	};
	return {
		getByName,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(getByName(name), version),
		getKnownTypes: () => Object.fromEntries([...nodes.keys()].map((name) => [name, {}])),
	};
}

/** Makes one item when the workflow is started by hand. */
class ManualTrigger implements INodeType {
	readonly description = described('manualTrigger', 'Manual Trigger', [], 'trigger');

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return { manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray([{}])]) };
	}
}

/** Hands its items on: the end of a branch in a test. */
class NoOp implements INodeType {
	readonly description = described('noOp', 'No Operation, do nothing', [NodeConnectionTypes.Main], 'transform');

	execute: INodeType['execute'] = async function () {
		return [this.getInputData()];
	};
}

/** A note on the canvas; nothing leads to it. */
class StickyNote implements INodeType {
	readonly description = { ...described('stickyNote', 'Sticky Note', [], 'transform'), outputs: [] };
}

/** The nodes of n8n itself that workflows here need. */
const BUILT_IN: NodeClasses = {
	'n8n-nodes-base.manualTrigger': ManualTrigger,
	'n8n-nodes-base.noOp': NoOp,
	'n8n-nodes-base.stickyNote': StickyNote,
};

function described(
	name: string,
	displayName: string,
	inputs: INodeTypeDescription['inputs'],
	group: 'trigger' | 'transform',
): INodeTypeDescription {
	return {
		name,
		displayName,
		group: [group],
		version: 1,
		description: displayName,
		defaults: { name: displayName },
		inputs,
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};
}
