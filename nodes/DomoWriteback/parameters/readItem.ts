import type { IExecuteFunctions } from 'n8n-workflow';

import { azureFields, sftpFields, signature, texts } from '../credentialFields';
import { readDateFormat } from '../dateFormat';
import type { DestinationOptions } from '../destinations/open';
import { badSetting } from '../errors';
import type { FormatPlan } from '../format/formatPlan';
import type { ItemsAtOnce } from '../itemsAtOnce';
import { extensionOf, readExtension } from '../names/extension';
import { type FileNameChoice, readFileName } from '../names/fileName';
import { readFolder } from '../names/folder';
import type { Names } from '../names/targets';
import { checkNodeVersion } from '../nodeVersion';
import type { WritebackRequest } from '../request';
import { locatorText, readDataSetId } from './dataSet';
import { readFileFormat } from './fileFormat';
import { type Options, optionsOf } from './options';
import { readPublishing } from './publishing';
import { readConnections, readStaging } from './transfer';

/** What one item asks for, and where it goes. Rejects with `setting` for the first parameter that cannot work. */
export interface ItemSettings {
	readonly request: WritebackRequest;
	readonly destination: DestinationOptions;
	/** Texts of the credentials that nobody may see. */
	readonly secrets: readonly string[];
}

export async function readItem(n8n: IExecuteFunctions, item: number): Promise<ItemSettings> {
	checkNodeVersion(n8n.getNode());
	const pane = (name: string, label: string) => optionsOf(n8n.getNodeParameter(name, item, {}), label);
	const kind = readKind(n8n.getNodeParameter('destination', item));
	const transfer = pane('transfer', 'Transfer');
	const fileFormat = pane('fileFormat', 'File Format');
	const format = readFileFormat(fileFormat, n8n.getTimezone());
	const idleMs = 1000 * (transfer.whole('idleTimeout', 'Idle Timeout', 1, 86_400) ?? 60);
	const request: WritebackRequest = {
		dataSetId: readDataSetId(n8n.getNodeParameter('dataSet', item)),
		kind,
		names: readNames(n8n, item, kind, format, fileFormat),
		format,
		publishing: readPublishing(pane('publishing', 'Publishing'), kind),
		maxTries: transfer.whole('maxTries', 'Max Tries', 1, 100) ?? 3,
		idleMs,
	};
	const { destination, secrets } =
		kind === 'sftp' ? await readSftp(n8n, item, idleMs, transfer) : await readAzure(n8n, item, idleMs, transfer);
	const domo = texts(await n8n.getCredentials('domoClientApi', item));
	return { request, destination, secrets: [...secrets, domo('clientSecret'), domo('accessToken')] };
}

/** How many items run at once: a setting of the whole node, read from its first item. */
export function readItemsAtOnce(n8n: IExecuteFunctions): ItemsAtOnce {
	if (n8n.getInputData().length === 0) return 'auto';
	const transfer = optionsOf(n8n.getNodeParameter('transfer', 0, {}), 'Transfer');
	return transfer.whole('itemsAtOnce', 'Items at Once', 1, 16) ?? 'auto';
}

function readKind(value: unknown): WritebackRequest['kind'] {
	if (value === 'sftp' || value === 'azureBlob') return value;
	throw badSetting(
		'Destination',
		'there is no such destination',
		'Choose SFTP (sftp) or Azure Blob Storage (azureBlob).',
	);
}

function readNames(
	n8n: IExecuteFunctions,
	item: number,
	kind: WritebackRequest['kind'],
	{ format, compression, pgp, rows }: FormatPlan,
	fileFormat: Options,
): Names {
	const [parameter, label] = kind === 'sftp' ? ['path', 'Path'] : ['folder', 'Folder'];
	const text = (name: string, otherwise = '') => String(n8n.getNodeParameter(name, item, otherwise) ?? '');
	return {
		folder: readFolder(text(parameter), label),
		folderLabel: label,
		choice: readFileNameChoice(n8n.getNodeParameter('selectFilename', item), () => text('filename')),
		extension: extensionOf(format, compression, pgp?.armor, readExtension(fileFormat.text('fileExtension'))),
		format,
		parts: rows?.rowsPerPart !== undefined || rows?.bytesPerPart !== undefined,
		dateFormat: readDateFormat(text('dateFormat').trim() || 'yyyy-MM-dd', 'Date Format'),
		timeZone: n8n.getTimezone(),
		executionId: n8n.getExecutionId() ?? 'manual',
	};
}

function readFileNameChoice(kind: unknown, typed: () => string): FileNameChoice {
	switch (kind) {
		case 'dataSetId':
		case 'dataSetName':
			return { kind };
		case 'filename':
			return { kind, template: readFileName(typed()) };
		default:
			throw badSetting('Select Filename', 'there is no such choice', 'Use dataSetId, dataSetName or filename.');
	}
}

async function readSftp(n8n: IExecuteFunctions, item: number, idleMs: number, transfer: Options) {
	const credential = await n8n.getCredentials('sftpWritebackApi', item);
	const connections = readConnections(transfer);
	const destination: DestinationOptions = { kind: 'sftp', ...sftpFields(credential), idleMs, connections };
	return { destination, secrets: [destination.password, destination.privateKey, destination.passphrase] };
}

async function readAzure(n8n: IExecuteFunctions, item: number, idleMs: number, transfer: Options) {
	const credential = await n8n.getCredentials('azureBlobSasApi', item);
	const container = locatorText(n8n.getNodeParameter('container', item));
	const fields = azureFields(credential);
	const staging = readStaging(transfer);
	const destination: DestinationOptions = { kind: 'azureBlob', ...fields, container, staging, idleMs };
	return { destination, secrets: [destination.sasToken, signature(destination.sasToken)] };
}
