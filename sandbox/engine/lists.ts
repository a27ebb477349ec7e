import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
} from 'n8n-workflow';
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
	const nodeType = nodeTypes.getByNameAndVersion(type);
	const search = methodOf(nodeType.methods?.listSearch, method);
	return await search.call(
		contextOf(nodeTypes, credentialsHelper, nodeType, type, parameters),
		filter,
		paginationToken,
	);
}

/** Runs one of a node's `methods.loadOptions` likewise. */
export async function loadOptions(
	nodeTypes: INodeTypes,
	credentialsHelper: CredentialStore,
	type: string,
	method: string,
	parameters: INodeParameters,
): Promise<INodePropertyOptions[]> {
	const nodeType = nodeTypes.getByNameAndVersion(type);
	const load = methodOf(nodeType.methods?.loadOptions, method);
	return await load.call(contextOf(nodeTypes, credentialsHelper, nodeType, type, parameters));
}

function methodOf<M>(methods: Readonly<Record<string, M>> | undefined, name: string): M {
	const method = methods?.[name];
	if (method === undefined) throw new Error(`The node type has no method named "${name}"`);
	return method;
}

function contextOf(
	nodeTypes: INodeTypes,
	credentialsHelper: CredentialStore,
	{ description }: INodeType,
	type: string,
	parameters: INodeParameters,
): LoadOptionsContext {
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
	return new LoadOptionsContext(workflow, filled, data, 'parameters');
}
