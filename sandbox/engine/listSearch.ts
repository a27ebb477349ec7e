import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode, INodeListSearchResult, INodeParameters, INodeTypes } from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import type { CredentialStore } from './credentials';

/** How a resource locator asks for its list. */
export interface ListSearch {
	/** The node's other parameters, as far as they are set. */
	readonly parameters?: INodeParameters;
	readonly filter?: string;
	readonly paginationToken?: string;
}

/** Runs one of a node's `methods.listSearch` in the context n8n gives it; rejects when there is no such method. */
export async function listSearch(
	nodeTypes: INodeTypes,
	credentialsHelper: CredentialStore,
	type: string,
	method: string,
	{ parameters = {}, filter, paginationToken }: ListSearch,
): Promise<INodeListSearchResult> {
	const { description, methods } = nodeTypes.getByNameAndVersion(type);
	const search = methods?.listSearch?.[method];
	if (!search) throw new Error(`Node type "${type}" has no listSearch method named "${method}"`);
	const names = (description.credentials ?? []).map(({ name }) => name);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type,
		typeVersion: [description.version].flat().at(-1) ?? 1,
		position: [0, 0],
		parameters,
		credentials: Object.fromEntries(names.map((name) => [name, { id: name, name }])),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	// The workflow fills the parameters' defaults in, in a copy.
	const filled = workflow.nodes[node.name] ?? node;
	const data = additionalDataFor({ credentialsHelper, currentNodeParameters: filled.parameters });
	return search.call(new LoadOptionsContext(workflow, filled, data, 'parameters'), filter, paginationToken);
}
