import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialTestFunction,
	ICredentialType,
	IExecuteFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** A service that hands out numbered tokens and answers only to the newest; `expire` refuses it with `status`. */
export async function startService() {
	const seen = { tokens: 0, refuse: 0, status: 401 };
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://localhost');
		if (url.pathname === '/token') {
			seen.tokens += 1;
			return response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ token: `token-${seen.tokens}` }));
		}
		const wanted = `Bearer token-${seen.tokens}`;
		if (seen.refuse > 0 || request.headers.authorization !== wanted) {
			seen.refuse -= 1;
			response.statusCode = seen.status;
			return response.end('<html>no</html>');
		}
		return response
			.setHeader('content-type', 'application/json')
			.end(JSON.stringify({ said: url.searchParams.get('say') }));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		seen,
		url: `http://127.0.0.1:${port}`,
		expire: (status: number) => Object.assign(seen, { refuse: 1, status }),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

const property = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});

export class EchoApi implements ICredentialType {
	readonly name = 'echoApi';
	readonly displayName = 'Echo API';
	readonly properties = [
		property('host', { default: 'http://127.0.0.1:1' }),
		property('secret'),
		property('token', { type: 'hidden', typeOptions: { expirable: true } }),
	];
	readonly preAuthentication: ICredentialType['preAuthentication'] = async function (credentials) {
		const answer = await this.helpers.httpRequest({ url: `${String(credentials.host)}/token`, method: 'POST' });
		return { token: answer.token };
	};
	readonly authenticate = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	} as const;
	readonly test: ICredentialType['test'] = { request: { baseURL: '={{$credentials.host}}', url: '/data' } };
}

export class PlainApi implements ICredentialType {
	readonly name = 'plainApi';
	readonly displayName = 'Plain API';
	readonly properties = [property('word')];
}

const plainTest: ICredentialTestFunction = async ({ data }) =>
	data?.word === 'open sesame'
		? { status: 'OK', message: 'Open' }
		: { status: 'Error', message: `"${String(data?.word)}" is wrong` };

/** Says `say` through the service, waits until it is cancelled (`wait`), or fails (`fail`). */
export class Echo implements INodeType {
	readonly description: INodeTypeDescription = {
		name: 'echo',
		displayName: 'Echo',
		group: ['output'],
		version: 1,
		description: 'Fixture',
		defaults: { name: 'Echo' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'echoApi', required: true },
			{ name: 'plainApi', testedBy: 'plainTest' },
		],
		properties: [property('say'), property('prefix', { default: 'a' })],
	};
	readonly methods: INodeType['methods'] = {
		credentialTest: { plainTest },
		listSearch: {
			async words(filter, paginationToken) {
				const { host } = await this.getCredentials('echoApi');
				const prefix = this.getCurrentNodeParameter('prefix');
				const request = { url: `${String(host)}/data`, qs: { say: `${String(prefix)}-${filter}-${paginationToken}` } };
				const { said } = await this.helpers.httpRequestWithAuthentication.call(this, 'echoApi', request);
				return { results: [{ name: said, value: said }], paginationToken: '2' };
			},
		},
	};

	async execute(this: IExecuteFunctions) {
		const items = [];
		for (const [itemIndex] of this.getInputData().entries()) {
			const say = this.getNodeParameter('say', itemIndex) as string;
			this.sendMessageToUI(`saying ${say}`);
			this.addExecutionHints({ message: `said ${say}` });
			try {
				items.push({ json: { said: await answer.call(this, say, itemIndex) }, pairedItem: itemIndex });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				const failure = new NodeOperationError(this.getNode(), error as Error);
				items.push({ json: { say }, error: failure, pairedItem: itemIndex });
			}
		}
		return [items];
	}
}

async function answer(this: IExecuteFunctions, say: string, itemIndex: number): Promise<string> {
	if (say === 'fail')
		throw new NodeOperationError(this.getNode(), 'Told to fail', { itemIndex, description: 'Do not' });
	const signal = this.getExecutionCancelSignal();
	if (say === 'wait' && signal && !signal.aborted) await once(signal, 'abort');
	const { host } = await this.getCredentials('echoApi');
	const request = { url: `${String(host)}/data`, qs: { say } };
	const options = { preAuthenticationRetryStatusCode: [401, 406] };
	const { said } = await this.helpers.httpRequestWithAuthentication.call(this, 'echoApi', request, options);
	return said;
}

/** Manual Trigger → Echo → main output and, when there is one, error output. */
export function echoWorkflow(says: string[], node: Record<string, unknown> = {}) {
	const position: [number, number] = [0, 0];
	const echoApi = { id: 'echoSandbox', name: 'Echo' };
	const branch = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const plain = (name: string, type: string) => ({ id: name, name, type, typeVersion: 1, position, parameters: {} });
	return {
		name: 'Echo',
		nodes: [
			plain('Start', 'n8n-nodes-base.manualTrigger'),
			{
				...plain('Echo', 'fixture.echo'),
				parameters: { say: '={{ $json.say }}' },
				credentials: { echoApi },
				...node,
			},
			plain('Good', 'n8n-nodes-base.noOp'),
			plain('Bad', 'n8n-nodes-base.noOp'),
			plain('Remark', 'n8n-nodes-base.stickyNote'),
		],
		connections: { Start: { main: [branch('Echo')] }, Echo: { main: [branch('Good'), branch('Bad')] } },
		pinData: { Start: says.map((say) => ({ json: { say } })) },
		settings: { executionOrder: 'v1' as const },
	};
}
