import { join } from 'node:path';
import type { Workflow } from '../workflows';
import { workflowsIn } from '../workflows';

const EXAMPLES = join(__dirname, '../../../examples');

const BODY = { dataSet: '={{ $json.body.dataSet }}', file: '={{ $json.body.file }}' };

/** The nodes and connections of `workflow`, started by a POST to `/webhook/<id>` that is answered with what its last node puts out. */
function onPost(workflow: Workflow, first: string): Workflow {
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
		connections: { ...workflow.connections, Webhook: { main: [[{ node: first, type: 'main', index: 0 }]] } },
	};
}

/** Webhook → Domo Writeback of the DataSet and the file that the caller names. */
export function oneWriteback(id: string, destination: 'sftp' | 'azureBlob', typeVersion = 1): Workflow {
	const named = (credential: string) => ({ id: credential, name: credential });
	const copy = {
		id: 'copy',
		name: 'Copy',
		type: 'n8n-nodes-domo-writeback.domoWriteback',
		typeVersion,
		position: [200, 0] as [number, number],
		parameters: {
			destination,
			dataSet: { __rl: true, mode: 'id', value: BODY.dataSet },
			path: 'queue',
			container: { __rl: true, mode: 'name', value: 'domo-exports' },
			selectFilename: 'filename',
			filename: BODY.file,
		},
		credentials: {
			domoClientApi: named('domoSandbox'),
			sftpWritebackApi: named('sftpSandbox'),
			azureBlobSasApi: named('azureSandbox'),
		},
	};
	return onPost({ id, name: id, nodes: [copy], connections: {}, settings: { executionOrder: 'v1' } }, 'Copy');
}

/** The example that starts again after a worker died, which a POST starts as well. */
export function recovering(): Workflow {
	const example = workflowsIn(EXAMPLES).find(({ id }) => id === 'nightlyOnWorkers');
	if (example === undefined) throw new Error('There is no such example');
	return onPost(example, 'Sales to SFTP');
}
