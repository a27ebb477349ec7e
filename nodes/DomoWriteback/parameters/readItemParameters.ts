import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { details } from '../descriptions/details';
import { fileFormat as fileFormatPane } from '../descriptions/fileFormat';
import { publishing as publishingPane } from '../descriptions/publishing';
import { rows as rowsPane } from '../descriptions/rows';
import { transfer as transferPane } from '../descriptions/transfer';
import { checkNodeVersion } from '../nodeVersion';
import { readFileFormat } from './readFileFormat';
import { readPublishing } from './readPublishing';
import { readRowFilter } from './readRowFilter';
import { readConnections, readIdleMs, readStaging } from './readTransfer';
import { azureSecrets } from '../../../core/destinations/azureBlob/account';
import type { DestinationOptions } from '../../../core/destinations/openDestination';
import type { FormatOptions } from '../../../core/format/formatOptions';
import { extensionOf, readExtension } from '../../../core/names/extension';
import { type FileNameChoice, readFileName } from '../../../core/names/fileName';
import { readFolder } from '../../../core/names/folder';
import { typedTail } from '../../../core/names/typedTail';
import { readDateFormat } from '../../../core/support/datePattern';
import { invalidParameter } from '../../../core/support/errors';
import type { ItemConcurrency } from '../../../core/transfer/itemConcurrency';
import type { Names } from '../../../core/transfer/targets';
import { validateTargetsOfAnyDataSet } from '../../../core/transfer/validateTargets';
import type { WritebackRequest } from '../../../core/transfer/writebackRequest';
import { azureFields, domoSecrets, sftpFields, sftpSecrets } from '../../shared/credentialFields';
import { locatorText, readDataSetId } from '../../shared/dataSetLocator';
import { type Options, optionsOf, readText } from '../../shared/optionsReader';
import { choiceOf } from '../../shared/parameterValues';

/** What one item asks for, and where it goes. Rejects with `setting` for the first parameter that cannot work. */
export interface ItemParameters {
	readonly request: WritebackRequest;
	readonly destination: DestinationOptions;
	/** Texts of the credentials that nobody may see. */
	readonly secrets: readonly string[];
}

/** The panes of the editor, and one of the fields above them. */
const propertyOf = (name: string) => details.find((property) => property.name === name);
const panes = { rows: rowsPane, fileFormat: fileFormatPane, publishing: publishingPane, transfer: transferPane };

export async function readItemParameters(n8n: IExecuteFunctions, item: number): Promise<ItemParameters> {
	checkNodeVersion(n8n.getNode());
	const pane = ({ name, displayName, options }: INodeProperties) =>
		optionsOf(n8n.getNodeParameter(name, item, {}), displayName, options);
	const kind = readKind(n8n.getNodeParameter('destination', item));
	const transfer = pane(panes.transfer);
	const fileFormat = pane(panes.fileFormat);
	const filter = readRowFilter(pane(panes.rows), n8n.getTimezone());
	const format = { ...readFileFormat(fileFormat, n8n.getTimezone()), ...(filter && { filter }) };
	const idleMs = readIdleMs(transfer);
	const request: WritebackRequest = {
		dataSetId: readDataSetId(n8n.getNodeParameter('dataSet', item)),
		kind,
		names: readNames(n8n, item, kind, format, fileFormat),
		format,
		publishing: readPublishing(pane(panes.publishing), kind),
		maxTries: transfer.whole('maxTries', 'Max Tries', 1, 100, 3) ?? 3,
		idleMs,
	};
	validateTargetsOfAnyDataSet(request);
	const { destination, secrets } =
		kind === 'sftp' ? await readSftp(n8n, item, idleMs, transfer) : await readAzure(n8n, item, idleMs, transfer);
	const domo = domoSecrets(await n8n.getCredentials('domoClientApi', item));
	return { request, destination, secrets: [...secrets, ...domo] };
}

/** How many items run at once: a setting of the whole node, read from its first item. */
export function readItemConcurrency(n8n: IExecuteFunctions): ItemConcurrency {
	if (n8n.getInputData().length === 0) return 'auto';
	const transfer = optionsOf(n8n.getNodeParameter('transfer', 0, {}), 'Transfer', transferPane.options);
	return transfer.whole('itemsAtOnce', 'Items at Once', 1, 16, 4) ?? 'auto';
}

function readKind(value: unknown): WritebackRequest['kind'] {
	const kind = choiceOf(value, ['sftp', 'azureBlob'], propertyOf('destination'));
	if (kind !== undefined) return kind;
	throw invalidParameter(
		'Destination',
		'there is no such destination',
		'Choose SFTP (sftp) or Azure Blob Storage (azureBlob).',
	);
}

function readNames(
	n8n: IExecuteFunctions,
	item: number,
	kind: WritebackRequest['kind'],
	{ format, compression, pgp, rows }: FormatOptions,
	fileFormat: Options,
): Names {
	const [parameter, label] = kind === 'sftp' ? ['path', 'Path'] : ['folder', 'Folder'];
	const text = (name: string, field: string) => readText(n8n.getNodeParameter(name, item, ''), field);
	return {
		folder: readFolder(text(parameter, label), label),
		folderLabel: label,
		choice: readFileNameChoice(n8n, item),
		extension: extensionOf(format, compression, pgp?.armor, readExtension(fileFormat.text('fileExtension'))),
		format,
		parts: rows?.rowsPerPart !== undefined || rows?.bytesPerPart !== undefined,
		dateFormat: readDateFormat(text('dateFormat', 'Date Format').trim() || 'yyyy-MM-dd', 'Date Format'),
		timeZone: n8n.getTimezone(),
		executionId: n8n.getExecutionId() ?? 'manual',
	};
}

function readFileNameChoice(n8n: IExecuteFunctions, item: number): FileNameChoice {
	const chosen = n8n.getNodeParameter('selectFilename', item);
	const kind = choiceOf(chosen, ['dataSetId', 'dataSetName', 'filename'], propertyOf('selectFilename'));
	if (kind === undefined) {
		throw invalidParameter('Select Filename', 'there is no such option', 'Use dataSetId, dataSetName or filename.');
	}
	if (kind !== 'filename') return { kind };
	const typed = typedTail(n8n.getNode().parameters.filename);
	const template = readFileName(readText(n8n.getNodeParameter('filename', item, ''), 'Filename'));
	return { kind, template, ...(typed !== undefined && { typed }) };
}

async function readSftp(n8n: IExecuteFunctions, item: number, idleMs: number, transfer: Options) {
	const credential = await n8n.getCredentials('sftpWritebackApi', item);
	const connections = readConnections(transfer);
	const destination: DestinationOptions = { kind: 'sftp', ...sftpFields(credential), idleMs, connections };
	return { destination, secrets: sftpSecrets(destination) };
}

async function readAzure(n8n: IExecuteFunctions, item: number, idleMs: number, transfer: Options) {
	const credential = await n8n.getCredentials('azureBlobSasApi', item);
	const container = locatorText(n8n.getNodeParameter('container', item));
	const fields = azureFields(credential);
	const staging = readStaging(transfer);
	const destination: DestinationOptions = { kind: 'azureBlob', ...fields, container, staging, idleMs };
	return { destination, secrets: azureSecrets(destination) };
}
