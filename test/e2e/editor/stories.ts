import type { INode } from 'n8n-workflow';
import { awkward, catalogue, large, oneRow } from '../../../sandbox/domo/dataSets';
import type { Sandbox, SandboxCredential } from '../../../sandbox/sandbox';
import { DOMO_TYPE, writebackWorkflow } from '../workflows';
import type { Workflow } from '../workflows';

const DOMO = { domoClientApi: 'domoSandbox' };
const TO_SFTP = { ...DOMO, sftpWritebackApi: 'sftpSandbox' };
const TO_AZURE = { ...DOMO, azureBlobSasApi: 'azureSandbox' };
const TO_ANYBODY = { ...DOMO, sftpWritebackApi: 'sftpAny' };
const MAY_NOT_LIST = { ...DOMO, azureBlobSasApi: 'azureNoList' };

/** The DataSet of the long execution, to be sent slowly. */
export const LONG = large({ bytes: 2 ** 31, name: 'Large, 2 GiB' });

/** Two that Domo has, and one between them that it has not. */
export const MIXED = [catalogue(120)[1]?.id, '00000000-0000-4000-8000-000000000000', catalogue(120)[2]?.id];

/** What the journeys open, each once: n8n locks a workflow for a while after the tab that edited it was closed. */
export function storyWorkflows(): Workflow[] {
	const dataSet = { __rl: true, mode: 'list', value: LONG.id, cachedResultName: LONG.name };
	const toFolder = { destination: 'sftp', path: 'incoming/domo' };
	return [
		story('storyPick', 'Pick a DataSet', toFolder, TO_SFTP),
		story('storyByUrl', 'A DataSet by URL', toFolder, TO_SFTP),
		story('storyContainer', 'Pick a container', { destination: 'azureBlob', dataSet }, TO_AZURE),
		story('storyNoList', 'A SAS that may not list', { destination: 'azureBlob' }, MAY_NOT_LIST),
		story('storyNoCredential', 'No credential yet', { destination: 'azureBlob' }, DOMO),
		story('storySwitch', 'Switch the destination', { ...toFolder, dataSet }, TO_SFTP),
		story('storyStop', 'A long writeback', { destination: 'sftp', path: 'long', dataSet }, TO_SFTP),
		reading(),
		choosing(),
		forNextNode(),
		mixed(),
		surprising(),
		untouched(),
	];
}

/** Start → Copy. */
function story(id: string, name: string, ...copy: [INode['parameters'], Readonly<Record<string, string>>]): Workflow {
	const workflow = writebackWorkflow(id, ...copy);
	const nodes = workflow.nodes.map((node, index) => ({ ...node, position: [260 * index, 0] as [number, number] }));
	return { ...workflow, name, nodes };
}

/** Start → Rows: a DataSet as items. */
function reading(): Workflow {
	const workflow = story('storyRows', 'Rows as items', {}, DOMO);
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Copy'
			? {
					...node,
					name: 'Rows',
					type: DOMO_TYPE,
					typeVersion: 1,
					parameters: { resource: 'dataSet', operation: 'getRows' },
				}
			: node,
	);
	return { ...workflow, nodes, connections: { Start: { main: [[{ node: 'Rows', type: 'main', index: 0 }]] } } };
}

/** A condition that lacks its column. */
function choosing(): Workflow {
	const { id: value = '', name = '' } = catalogue(120)[4] ?? {};
	const dataSet = { __rl: true, mode: 'list', value, cachedResultName: name };
	const condition = [{ column: '', operator: 'greater', value: '2' }];
	const parameters = { destination: 'sftp', path: 'chosen', dataSet, rows: { conditions: { condition } } };
	return story('storyConditions', 'Rows by a condition', parameters, TO_SFTP);
}

/** A writeback whose file goes to the next node. */
function forNextNode(): Workflow {
	const { id: value, name } = awkward();
	const dataSet = { __rl: true, mode: 'list', value, cachedResultName: name };
	const parameters = { destination: 'binary', dataSet, selectFilename: 'filename', filename: 'cells' };
	return story('storyBinary', 'A file for the next node', parameters, DOMO);
}

/** Three items, the second of which cannot work; the error output leads to a node of its own. */
function mixed(): Workflow {
	const dataSet = { __rl: true, mode: 'id', value: '={{ $json.dataSet }}' };
	const parameters = { destination: 'sftp', path: 'mixed', dataSet };
	const workflow = story('storyMixed', 'Good items and a bad one', parameters, TO_SFTP);
	const [start, copy] = workflow.nodes;
	if (!start || !copy) throw new Error('A writeback workflow has two nodes');
	const plain = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	return {
		...workflow,
		nodes: [
			start,
			{ ...copy, onError: 'continueErrorOutput' },
			{ ...plain, id: 'written', name: 'Written', position: [520, -100] },
			{ ...plain, id: 'notify', name: 'Notify Someone', position: [520, 100] },
		],
		connections: {
			...workflow.connections,
			Copy: {
				main: ['Written', 'Notify Someone'].map((node) => [{ node, type: 'main' as const, index: 0 }]),
			},
		},
		pinData: { Start: MIXED.map((id) => ({ json: { dataSet: id } })) },
	};
}

/** A writeback with a setting and a credential that are worth a hint. */
function surprising(): Workflow {
	const { id: value, name } = oneRow();
	const dataSet = { __rl: true, mode: 'list', value, cachedResultName: `${name} (1 row, updated 2026-01-01)` };
	const parameters = { destination: 'sftp', path: 'hints', dataSet, publishing: { onlyIfChanged: true } };
	return story('storyHints', 'What is worth a hint', parameters, TO_ANYBODY);
}

/** A writeback that nobody runs, and a node behind it. */
function untouched(): Workflow {
	const workflow = story('storyPreview', 'What comes next', { destination: 'sftp', path: 'never' }, TO_SFTP);
	const next = { id: 'next', name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	return {
		...workflow,
		nodes: [...workflow.nodes, { ...next, position: [520, 0] }],
		connections: { ...workflow.connections, Copy: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
	};
}

/** The SFTP credential that trusts whoever answers. */
export function anyHostKey({ credentials }: Sandbox): SandboxCredential {
	const own = credentials.find(({ type }) => type === 'sftpWritebackApi');
	if (!own) throw new Error('The sandbox has no SFTP credential');
	const data = { ...own.data, hostKeyCheck: 'any', hostKeyFingerprint: '' };
	return { ...own, id: 'sftpAny', name: 'SFTP (any host key)', data };
}

/** The Azure credential with a token that may write and not list. */
export function mayNotList({ credentials, azure }: Sandbox): SandboxCredential {
	const own = credentials.find(({ type }) => type === 'azureBlobSasApi');
	if (!own) throw new Error('The sandbox has no Azure credential');
	const sasToken = azure.accountSas({ permissions: 'rwc', resourceTypes: 'co' });
	return { ...own, id: 'azureNoList', name: 'Azure (may not list)', data: { ...own.data, sasToken } };
}
