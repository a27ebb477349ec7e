import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import { NodeApiError, Workflow, createEmptyRunExecutionData } from 'n8n-workflow';
import type {
	ICredentialTestFunction,
	ICredentialTestRequest,
	ICredentialsDecrypted,
	INode,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import type { CredentialStore } from './credentials';
import { nodeTypesOf } from './nodeTypes';

const NO_OP = 'n8n-nodes-base.noOp';

/** Does what n8n does when a credential is saved: the type's own `test`, else the function that one of `nodes` names. */
export async function testCredential(
	nodes: readonly INodeType[],
	store: CredentialStore,
	type: string,
): Promise<INodeCredentialTestResult> {
	const data = store.defaulted(type);
	const decrypted: ICredentialsDecrypted = { id: type, name: type, type, data };
	const { test } = store.typeOf(type);
	if (test) return requestTest(test, store, decrypted);
	const functionTest = functionTestOf(nodes, type);
	if (!functionTest) return { status: 'Error', message: 'No testing function found for this credential.' };
	return functionTest.call(new CredentialTestContext(additionalDataFor({ credentialsHelper: store })), decrypted);
}

function functionTestOf(nodes: readonly INodeType[], type: string): ICredentialTestFunction | undefined {
	for (const { description, methods } of nodes) {
		const testedBy = description.credentials?.find(({ name }) => name === type)?.testedBy;
		if (typeof testedBy === 'string') return methods?.credentialTest?.[testedBy];
	}
	return undefined;
}

/** Runs the declarative request in a node made for it; a redirect or an error status fails it. */
async function requestTest(
	test: ICredentialTestRequest,
	store: CredentialStore,
	decrypted: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const tested = testingNode(test, decrypted.type);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [decrypted.type]: { id: decrypted.id, name: decrypted.name } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf({ [NO_OP]: tested }),
	});
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor({ credentialsHelper: store, currentNodeParameters: node.parameters }),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const output = await new RoutingNode(context, tested, decrypted).runNode();
		return bodyVerdict(test, output?.[0]?.[0]?.json ?? {});
	} catch (error) {
		return { status: 'Error', message: failureMessage(test, error) };
	}
}

function testingNode(test: ICredentialTestRequest, type: string): INodeType {
	const { description } = nodeTypesOf({}).getByNameAndVersion(NO_OP);
	const routed = {
		displayName: 'Temp',
		name: 'temp',
		type: 'string',
		default: '',
		routing: { request: test.request },
	} as const;
	return { description: { ...description, credentials: [{ name: type, required: true }], properties: [routed] } };
}

function bodyVerdict({ rules }: ICredentialTestRequest, body: Record<string, unknown>): INodeCredentialTestResult {
	for (const rule of rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (body[rule.properties.key] === rule.properties.value)
			return { status: 'Error', message: rule.properties.message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function failureMessage({ rules }: ICredentialTestRequest, error: unknown): string {
	const cause = error instanceof NodeApiError ? error.cause : undefined;
	const response = property(cause, 'response');
	const status = property(response, 'status');
	if (response === undefined) return String(property(cause, 'code') ?? property(error, 'message'));
	for (const rule of rules ?? []) {
		if (rule.type === 'responseCode' && rule.properties.value === status) return rule.properties.message;
	}
	return String(property(response, 'statusText') || `Received HTTP status code: ${String(status)}`);
}

const property = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
