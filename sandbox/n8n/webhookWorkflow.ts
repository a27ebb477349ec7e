import type { INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from '../engine/engine';

/** A workflow that can be imported. */
export type Importable = WorkflowJson & { readonly id: string; readonly name: string };

/** The same workflow, whose node `first` is also started by a POST to `/webhook/<id>`; the answer is what its last node puts out. */
export function onPost<T extends Importable>(workflow: T, first: string): T {
	const hook = {
		id: 'hook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, -200] as [number, number],
		webhookId: workflow.id,
		parameters: { path: workflow.id, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
	};
	return {
		...workflow,
		nodes: [hook, ...workflow.nodes],
		connections: { ...workflow.connections, Webhook: { main: [[{ node: first, type: 'main' as const, index: 0 }]] } },
	};
}

/** Webhook → Domo Writeback of the DataSet whose ID is `dataSet` in the body, with the sandbox's credentials; an expression may use all of the body. */
export function webhookWriteback(id: string, parameters: INodeParameters, typeVersion = 1): Importable {
	const named = (credential: string) => ({ id: credential, name: credential });
	const copy = {
		id: 'copy',
		name: 'Copy',
		type: 'n8n-nodes-domo-writeback.domoWriteback',
		typeVersion,
		position: [200, 0] as [number, number],
		parameters: { dataSet: { __rl: true, mode: 'id', value: '={{ $json.body.dataSet }}' }, ...parameters },
		credentials: {
			domoClientApi: named('domoSandbox'),
			sftpWritebackApi: named('sftpSandbox'),
			azureBlobSasApi: named('azureSandbox'),
		},
	};
	return onPost({ id, name: id, nodes: [copy], connections: {}, settings: { executionOrder: 'v1' } }, 'Copy');
}
