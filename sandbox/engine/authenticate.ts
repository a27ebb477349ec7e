import { NodeHelpers, Workflow, isExpression } from 'n8n-workflow';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	IDataObject,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { nodeTypesOf } from './nodeTypes';

/** Stands for the node when a credential is read outside of a run. */
const NO_NODE: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Where in a run a credential is asked for: its expressions may refer to the item. */
export interface Asked {
	readonly mode: WorkflowExecuteMode;
	readonly run: ICredentialsExpressionResolveValues | undefined;
	readonly executeData: IExecuteData | undefined;
}

/** What a node is given: defaults filled in, expressions evaluated. */
export function resolved(
	properties: INodeProperties[],
	stored: ICredentialDataDecryptedObject,
	{ mode, run, executeData }: Asked,
): ICredentialDataDecryptedObject {
	const data = NodeHelpers.getNodeParameters(properties, parameters(stored), true, false, null, null) ?? {};
	const value = run
		? run.workflow.expression.getParameterValue(
				data,
				run.runExecutionData,
				run.runIndex,
				run.itemIndex,
				run.node.name,
				run.connectionInputData,
				mode,
				{},
				executeData,
				false,
				data,
			)
		: emptyWorkflow().expression.getComplexParameterValue(NO_NODE, data, mode, {}, undefined, undefined, data);
	return fields(value);
}

/** The request with the credential's `authenticate` applied: headers, query, body and basic login. */
export async function authenticated(
	authenticate: IAuthenticate | undefined,
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	workflow = emptyWorkflow(),
	node = NO_NODE,
): Promise<IHttpRequestOptions> {
	if (typeof authenticate === 'function') return authenticate(credentials, request);
	if (!authenticate) return request;
	const text = (value: unknown): string => {
		const plain = String(value ?? '');
		if (!isExpression(plain)) return plain;
		return String(
			workflow.expression.getSimpleParameterValue(
				node,
				plain,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			) ?? '',
		);
	};
	const filled = (values: IDataObject | undefined): Record<string, string> =>
		Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [text(key), text(value)]));
	const { headers, qs, body, auth } = authenticate.properties;
	const options: IHttpRequestOptions = { ...request, headers: { ...request.headers, ...filled(headers) } };
	if (qs) options.qs = { ...options.qs, ...filled(qs) };
	if (body) options.body = { ...Object(options.body ?? {}), ...filled(body) };
	if (auth) options.auth = { username: text(auth.username), password: text(auth.password) };
	return options;
}

function emptyWorkflow(): Workflow {
	return new Workflow({ nodes: [NO_NODE], connections: {}, active: false, nodeTypes: nodeTypesOf({}) });
}

// n8n gives credential fields and node parameters two types for the same JSON; nothing but JSON passes here.
const parameters = (data: ICredentialDataDecryptedObject) =>
	data as Parameters<typeof NodeHelpers.getNodeParameters>[1];
const fields = (value: unknown) => value as ICredentialDataDecryptedObject;
