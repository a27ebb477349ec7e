import { LoadOptionsContext } from 'n8n-core';
import { type INode, Workflow } from 'n8n-workflow';
import { AzureBlobSasApi } from '../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../credentials/SftpWritebackApi.credentials';
import { Domo } from '../../nodes/Domo/Domo.node';
import { DomoWriteback } from '../../nodes/DomoWriteback/DomoWriteback.node';
import { NODE_VERSION } from '../../nodes/DomoWriteback/nodeVersion';
import { additionalDataFor } from '../../sandbox/engine/additionalData';
import { CredentialStore } from '../../sandbox/engine/credentials';
import { openEngine } from '../../sandbox/engine/engine';
import { nodeTypesOf } from '../../sandbox/engine/nodeTypes';
import { Activated } from '../nodes/DomoDataSetTrigger/n8n';
import { domoWorkflow, NODE_TYPE as DOMO_TYPE } from '../nodes/Domo/domoNode';
import { NODE_NAME, NODE_TYPE, writebackWorkflow } from '../nodes/DomoWriteback/workflow';
import type { Case } from './case';
import type { DomoCase } from './cases/domo';
import type { ListCase } from './cases/lists';
import type { TriggerCase } from './cases/trigger';
import type { Shown } from './shown';
import type { Stage } from './stage/stage';

const credentialTypes = [DomoClientApi, SftpWritebackApi, AzureBlobSasApi];
const installed = { nodeTypes: { [NODE_TYPE]: DomoWriteback }, credentialTypes };

/** What n8n's engine shows for a writeback; rejects when nothing is wrong with it. */
export async function writebackInEngine({ credentials }: Stage, one: Case, signal?: AbortSignal): Promise<Shown> {
	const saved = credentials.map(({ type, data }) => [type, { ...data, ...one.typed[type] }]);
	const workflow = writebackWorkflow(one.parameters, [{}]);
	const nodes = workflow.nodes.map((node) =>
		node.name === NODE_NAME ? { ...node, typeVersion: one.typeVersion ?? NODE_VERSION } : node,
	);
	const { error } = await openEngine(installed, Object.fromEntries(saved)).runWorkflow({
		workflow: { ...workflow, nodes },
		...(signal && { signal }),
	});
	return shownIn(error);
}

/** What stands in place of a list in the editor. */
export async function listInEngine(
	{ credentials }: Stage,
	{ method, parameter, credential }: ListCase,
): Promise<Shown> {
	const nodeTypes = nodeTypesOf(installed.nodeTypes);
	const saved = Object.fromEntries(credentials.map(({ type, data }) => [type, data]));
	const { type, data } = credential ?? { type: '', data: {} };
	const store = new CredentialStore(
		credentialTypes.map((one) => new one()),
		{ ...saved, ...(credential && { [type]: data }) },
	);
	const node: INode = {
		...{ id: 'temp', name: 'Temp', type: NODE_TYPE, typeVersion: 1, position: [0, 0] },
		parameters: { destination: parameter === 'container' ? 'azureBlob' : 'sftp' },
		...(credential && { credentials: { [type]: { id: type, name: type } } }),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new LoadOptionsContext(workflow, node, additionalDataFor({ credentialsHelper: store }), parameter);
	const search = new DomoWriteback().methods.listSearch[method];
	return shownIn(await search.call(context).catch((fault: unknown) => fault));
}

/** What n8n's engine shows for the node Domo. */
export async function domoInEngine({ domo }: Stage, one: DomoCase): Promise<Shown> {
	const { url: apiHost, clientId, clientSecret } = domo;
	const credentials = { domoClientApi: { apiHost, clientId, clientSecret, accessToken: '', ...one.domo } };
	const engine = openEngine({ nodeTypes: { [DOMO_TYPE]: Domo }, credentialTypes: [DomoClientApi] }, credentials);
	const { error } = await engine.runWorkflow({ workflow: domoWorkflow(one.parameters, [{}]) });
	return shownIn(error);
}

/** What a trigger shows that is tried by hand. */
export async function triggerInEngine({ domo }: Stage, one: TriggerCase): Promise<Shown> {
	const { apiHost: url = domo.url, clientId = domo.clientId, clientSecret = domo.clientSecret } = one.domo ?? {};
	const client = { url: String(url), clientId: String(clientId), clientSecret: String(clientSecret) };
	const trigger = new Activated({ ...domo, ...client }, one.parameters);
	return shownIn(await trigger.poll('manual').catch((fault: unknown) => fault));
}

function shownIn(fault: unknown): Shown {
	if (typeof fault !== 'object' || fault === null || !('message' in fault))
		throw new Error('Nothing was wrong', { cause: fault });
	const [type, hint]: unknown[] = ['type', 'description'].map((name) => Reflect.get(fault, name));
	return {
		reason: typeof type === 'string' ? type : undefined,
		message: String(fault.message),
		hint: String(hint ?? ''),
	};
}
