import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { azureFields, sftpFields, signature, texts } from './credentialFields';
import type { Staging } from './destinations/azureBlob/stage';
import type { DestinationOptions } from './destinations/open';
import type { Connections } from './destinations/sftp/sftp';
import { badSetting } from './errors';
import { type FileNameChoice, readFileName } from './fileName';
import { readFolder } from './folder';
import type { ItemsAtOnce } from './itemsAtOnce';
import type { WritebackRequest } from './writeback';

const MEBIBYTE = 1024 * 1024;

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** What one item asks for, and where it goes. Throws `setting` for the first parameter that cannot work. */
export interface ItemSettings {
	readonly request: WritebackRequest;
	readonly destination: DestinationOptions;
	/** Texts of the credentials that nobody may see. */
	readonly secrets: readonly string[];
}

export async function readItem(n8n: IExecuteFunctions, item: number): Promise<ItemSettings> {
	const kind = readKind(n8n.getNodeParameter('destination', item));
	const transfer = n8n.getNodeParameter('transfer', item, {});
	const publishing = n8n.getNodeParameter('publishing', item, {});
	const idleMs = 1000 * within(field(transfer, 'idleTimeout') ?? 60, 'Idle Timeout', 1, 86_400);
	const request: WritebackRequest = {
		dataSetId: readDataSetId(n8n.getNodeParameter('dataSet', item)),
		kind,
		folder: kind === 'sftp' ? readFolder(String(n8n.getNodeParameter('path', item, ''))) : '',
		createFolders: field(publishing, 'createFolders') !== false,
		fileName: readFileNameChoice(n8n, item),
		maxTries: within(field(transfer, 'maxTries') ?? 3, 'Max Tries', 1, 100),
		idleMs,
	};
	const { destination, secrets } =
		kind === 'sftp'
			? await readSftp(n8n, item, idleMs, readConnections(field(transfer, 'connections')))
			: await readAzure(n8n, item, idleMs, readStaging(transfer));
	const domo = texts(await n8n.getCredentials('domoClientApi', item));
	return { request, destination, secrets: [...secrets, domo('clientSecret'), domo('accessToken')] };
}

/** How many items run at once: a setting of the whole node, read from its first item. */
export function readItemsAtOnce(n8n: IExecuteFunctions): ItemsAtOnce {
	if (n8n.getInputData().length === 0) return 'auto';
	const value = field(n8n.getNodeParameter('transfer', 0, {}), 'itemsAtOnce');
	return value === undefined ? 'auto' : within(value, 'Items at Once', 1, 16);
}

function readKind(value: unknown): WritebackRequest['kind'] {
	if (value === 'sftp' || value === 'azureBlob') return value;
	throw badSetting(
		'Destination',
		'there is no such destination',
		'Choose SFTP (sftp) or Azure Blob Storage (azureBlob).',
	);
}

async function readSftp(n8n: IExecuteFunctions, item: number, idleMs: number, connections: Connections) {
	const credential = await n8n.getCredentials('sftpWritebackApi', item);
	const destination: DestinationOptions = { kind: 'sftp', ...sftpFields(credential), idleMs, connections };
	return { destination, secrets: [destination.password, destination.privateKey, destination.passphrase] };
}

async function readAzure(n8n: IExecuteFunctions, item: number, idleMs: number, staging: Staging) {
	const credential = await n8n.getCredentials('azureBlobSasApi', item);
	const container = locatorText(n8n.getNodeParameter('container', item));
	const fields = azureFields(credential);
	const destination: DestinationOptions = { kind: 'azureBlob', ...fields, container, staging, idleMs };
	return { destination, secrets: [destination.sasToken, signature(destination.sasToken)] };
}

function readDataSetId(value: unknown): string {
	const text = locatorText(value).trim();
	const [guid] = GUID.exec(text) ?? [];
	const isAddress = /datasources\//i.test(text);
	if (guid !== undefined && (isAddress || guid.length === text.length)) return guid.toLowerCase();
	throw badSetting(
		'Input DataSet ID',
		text === '' ? 'it is empty' : 'this is not the ID of a DataSet',
		'Open the DataSet in Domo and copy what follows "datasources/" in the address, e.g. 845305d8-da3d-4107-a9d6-13ef3f86d4a4.',
	);
}

function readFileNameChoice(n8n: IExecuteFunctions, item: number): FileNameChoice {
	const kind = n8n.getNodeParameter('selectFilename', item);
	switch (kind) {
		case 'dataSetId':
		case 'dataSetName':
			return { kind };
		case 'filename':
			return { kind, name: readFileName(String(n8n.getNodeParameter('filename', item, ''))) };
		default:
			throw badSetting('Select Filename', 'there is no such choice', 'Use dataSetId, dataSetName or filename.');
	}
}

function readStaging(transfer: unknown): Staging {
	const blockSize = field(transfer, 'blockSize');
	const concurrency = field(transfer, 'concurrency');
	return {
		blockBytes: blockSize === undefined ? 'auto' : MEBIBYTE * within(blockSize, 'Block Size', 1, 64),
		concurrency: concurrency === undefined ? 'auto' : within(concurrency, 'Concurrency', 1, 32),
	};
}

function readConnections(value: unknown): Connections {
	return value === undefined || value === 'auto' ? 'auto' : within(value, 'Connections', 1, 8);
}

function locatorText(value: unknown): string {
	return isLocator(value) ? String(value.value ?? '') : String(value ?? '');
}

function isLocator(value: unknown): value is INodeParameterResourceLocator {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

function field(collection: unknown, name: string): unknown {
	return typeof collection === 'object' && collection !== null ? Reflect.get(collection, name) : undefined;
}

function within(value: unknown, label: string, least: number, most: number): number {
	const number = Number(value);
	if (Number.isInteger(number) && number >= least && number <= most) return number;
	throw badSetting(label, `it must be a whole number from ${least} to ${most}`, 'Change it under Transfer.');
}
