import { createHash } from 'node:crypto';
import { NODE_VERSION } from '../../nodes/DomoWriteback/nodeVersion';
import { createReadStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../sandbox/engine/engine';
import type { Sandbox } from '../../sandbox/sandbox';

export const NODE_TYPE = 'n8n-nodes-domo-writeback.domoWriteback';

export const DOMO_TYPE = 'n8n-nodes-domo-writeback.domo';

export type Workflow = WorkflowJson & { readonly id: string; readonly name: string };

/** The workflows of a folder; a file without an ID gets its own name, as importing needs one. */
export function workflowsIn(folder: string): Workflow[] {
	if (!existsSync(folder)) return [];
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return files.map((file) => {
		const id = basename(file, '.json');
		const json: WorkflowJson = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		return { ...json, id: json.id || id, name: json.name ?? id };
	});
}

export const writebacksOf = ({ nodes }: WorkflowJson): INode[] => nodes.filter(({ type }) => type === NODE_TYPE);

/** Those that an agent calls. */
export const writebackToolsOf = ({ nodes }: WorkflowJson): INode[] =>
	nodes.filter(({ type }) => type === `${NODE_TYPE}Tool`);

/** The value of a resource locator or of a plain parameter. */
export function valueOf(node: INode, parameter: string): string {
	const value = node.parameters[parameter];
	return String(typeof value === 'object' && value !== null && 'value' in value ? value.value : (value ?? ''));
}

/** Manual Trigger → Domo Writeback, written here; `credentials` are IDs by type. */
export function writebackWorkflow(
	id: string,
	parameters: INode['parameters'],
	credentials: Readonly<Record<string, string>>,
): Workflow {
	const named = Object.entries(credentials).map(([type, credential]) => [type, { id: credential, name: credential }]);
	const position: [number, number] = [0, 0];
	const keys = Object.fromEntries(named);
	return {
		id,
		name: id,
		nodes: [
			{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position, parameters: {} },
			{ id: 'copy', name: 'Copy', type: NODE_TYPE, typeVersion: NODE_VERSION, position, parameters, credentials: keys },
		],
		connections: { Start: { main: [[{ node: 'Copy', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** One place of the sandbox: a path below the SFTP server's root, or a container and a blob. */
export interface Spot {
	readonly kind: 'sftp' | 'azureBlob';
	readonly path: string;
}

/** Where the address of a receipt leads. */
export function spotOf({ sftp, azure }: Sandbox, address: string): Spot {
	const [kind, start] = address.startsWith('sftp:')
		? (['sftp', `sftp://${sftp.host}:${sftp.port}/`] as const)
		: (['azureBlob', `${azure.blobEndpoint}/`] as const);
	if (!address.startsWith(start)) throw new Error(`${address} is not in the sandbox`);
	return { kind, path: decodeURIComponent(address.slice(start.length)) };
}

/** What a writeback left, read without the code that wrote it: the file from the server's disk, the blob over plain HTTP. */
export async function readBack(sandbox: Sandbox, { kind, path }: Spot) {
	const chunks =
		kind === 'azureBlob'
			? await blob(sandbox, path.split('/').map(encodeURIComponent).join('/'))
			: createReadStream(join(sandbox.sftp.root, path));
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of chunks) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { bytes, sha256: hash.digest('hex') };
}

async function blob({ azure }: Sandbox, path: string): Promise<AsyncIterable<Uint8Array>> {
	const answer = await fetch(`${azure.blobEndpoint}/${path}?${azure.accountSas({ permissions: 'r' })}`);
	if (!answer.ok || !answer.body) throw new Error(`${path} is not there: ${answer.status}`);
	return answer.body;
}

/** Every file of the SFTP server and every blob, hidden part files included. */
export async function everythingIn({ sftp, azure }: Sandbox): Promise<string[]> {
	const files = readdirSync(sftp.root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const found = files.map(({ parentPath, name }) => `sftp ${relative(sftp.root, join(parentPath, name))}`);
	for await (const container of azure.service.listContainers()) {
		const blobs = azure.service.getContainerClient(container.name).listBlobsFlat({ includeUncommitedBlobs: true });
		for await (const { name } of blobs) found.push(`azureBlob ${container.name}/${name}`);
	}
	return found.sort();
}
