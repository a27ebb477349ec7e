import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { NODE_VERSION } from '../../nodes/DomoWriteback/nodeVersion';
import type { CredentialToImport } from '../../sandbox/n8n/n8n';
import type { signIn } from '../e2e/editor';
import { NODE_TYPE, type Workflow } from '../e2e/workflows';
import type { Case } from './case';
import { credentialCases } from './cases/credentials';
import type { ListCase } from './cases/lists';
import type { TriggerCase } from './cases/trigger';
import type { Shown } from './shown';
import type { Stage } from './stage/stage';

type Editor = Awaited<ReturnType<typeof signIn>>;

/** What is imported into n8n for a case. */
interface Imported {
	readonly workflow: Workflow;
	readonly credentials: readonly CredentialToImport[];
}

const TRIGGER_TYPE = 'n8n-nodes-domo-writeback.domoDataSetTrigger';

const nodeOf = (name: string, type: string, more: Partial<INode>): INode => ({
	...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} },
	...more,
});

export const caseName = (at: number) => `Case ${at + 1}`;

/** One workflow, in which each case is a node of its own that goes on after its error; each has credentials of its own. */
export function writebacksFor(stage: Stage, cases: readonly Case[]): Imported {
	const own = cases.map(({ typed }, at) => writebackCredentials(stage, typed, at));
	const nodes = cases.map(({ parameters, typeVersion = NODE_VERSION }, at) =>
		nodeOf(caseName(at), NODE_TYPE, {
			parameters: parameters as INode['parameters'],
			typeVersion,
			credentials: Object.fromEntries((own[at] ?? []).map(({ id, name, type }) => [type, { id, name }])),
			onError: 'continueRegularOutput',
		}),
	);
	const branch = nodes.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }));
	return {
		workflow: {
			...{ id: 'messages', name: 'Messages', settings: { executionOrder: 'v1' } },
			nodes: [nodeOf('Start', 'n8n-nodes-base.manualTrigger', {}), ...nodes],
			connections: { Start: { main: [branch] } },
		},
		credentials: own.flat(),
	};
}

function writebackCredentials({ credentials }: Stage, typed: Case['typed'], at: number): CredentialToImport[] {
	return credentials.map(({ type, data }) => credentialOf(`case${at + 1}${type}`, type, { ...data, ...typed[type] }));
}

/** A workflow for a case of the trigger. */
export function triggerFor({ credentials }: Stage, { parameters, domo }: TriggerCase, at: number): Imported {
	const type = 'domoClientApi';
	const saved = credentials.find((one) => one.type === type)?.data;
	const credential = credentialOf(`trigger${at + 1}`, type, { ...saved, ...domo });
	const node = nodeOf('When Changed', TRIGGER_TYPE, {
		parameters: parameters as INode['parameters'],
		credentials: { [type]: { id: credential.id, name: credential.name } },
	});
	const id = `trigger${at + 1}`;
	return { workflow: { id, name: id, nodes: [node], connections: {} }, credentials: [credential] };
}

function credentialOf(id: string, type: string, data: ICredentialDataDecryptedObject): CredentialToImport {
	return { id, name: id, type, data };
}

/** Of the credentials imported for cases those that the node tests. A test may go where a workflow may not. */
export function credentialTests(stage: Stage, cases: readonly Case[]) {
	const tested = new Set(credentialCases(stage).map(({ says }) => says));
	return cases.flatMap(({ says, typed }, at) => {
		if (!tested.has(says) || says.includes('does not allow')) return [];
		const saved = writebackCredentials(stage, typed, at).filter(
			({ type }) => type in typed && type !== 'domoClientApi',
		);
		return saved.map((credentials) => ({ says, credentials }));
	});
}

/** What a list shows in the editor in its place. */
export async function listInN8n(editor: Editor, { parameter, method }: ListCase, id?: string): Promise<Shown> {
	const type = 'azureBlobSasApi';
	const asked = editor.post('/rest/dynamic-node-parameters/resource-locator-results', {
		path: `parameters.${parameter}`,
		methodName: method,
		nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
		currentNodeParameters: { destination: parameter === 'container' ? 'azureBlob' : 'sftp' },
		...(id !== undefined && { credentials: { [type]: { id, name: id } } }),
	});
	const refusal = await asked.then(
		() => '',
		(fault: unknown) => String(fault),
	);
	const { message, description }: Record<string, string> = JSON.parse(/\{.*\}/s.exec(refusal)?.[0] ?? '{}');
	return { reason: undefined, message: message ?? '', hint: description ?? '' };
}

/** What a trigger shows that is tried by hand in the editor. */
export async function triggerInN8n(editor: Editor, { workflow }: Imported): Promise<Shown> {
	const start = { triggerToStartFrom: { name: workflow.nodes[0]?.name } };
	const { executionId } = await editor.post(`/rest/workflows/${workflow.id}/run`, start);
	for (;;) {
		const { data } = JSON.parse(await editor.get(`/rest/executions/${executionId}`));
		if (data.finished !== true && data.stoppedAt === null) continue;
		// n8n stores an execution as a list whose entries name each other by their place (flatted).
		const entries: ReadonlyArray<Record<string, string>> = JSON.parse(data.data);
		const [error] = entries.filter((entry) => entry?.description !== undefined && entry.message !== undefined);
		if (error === undefined) throw new Error(`Nothing was told: ${data.data}`);
		const told = (at: string | undefined) => String(entries[Number(at)]);
		return { reason: told(error.type), message: told(error.message), hint: told(error.description) };
	}
}
