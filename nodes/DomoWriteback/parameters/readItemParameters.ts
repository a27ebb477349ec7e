import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { details } from '../descriptions/details';
import { fileFormat as fileFormatPane } from '../descriptions/fileFormat';
import { publishing as publishingPane } from '../descriptions/publishing';
import { rows as rowsPane } from '../descriptions/rows';
import { transfer as transferPane } from '../descriptions/transfer';
import { checkNodeVersion } from '../nodeVersion';
import { type ItemDestination, readDestination } from './readDestination';
import { readFileFormat } from './readFileFormat';
import { readPublishing } from './readPublishing';
import { readRowFilter } from './readRowFilter';
import type { FormatOptions } from '../../../core/format/formatOptions';
import { readBinaryField } from '../../../core/names/binaryField';
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
import { domoSecrets } from '../../shared/credentialFields';
import { readDataSetId } from '../../shared/dataSetLocator';
import { type Options, optionsOf, readText } from '../../shared/optionsReader';
import { readIdleMs } from '../../shared/idleTimeout';
import { choiceOf } from '../../shared/parameterValues';

/** What one item asks for, and where it goes. Rejects with `setting` for the first parameter that cannot work. */
export interface ItemParameters extends ItemDestination {
	readonly request: WritebackRequest;
}

/** The panes of the editor, and one of the fields above them. */
const propertyOf = (name: string) => details.find((property) => property.name === name);
const panes = { rows: rowsPane, fileFormat: fileFormatPane, publishing: publishingPane, transfer: transferPane };

export async function readItemParameters(n8n: IExecuteFunctions, item: number): Promise<ItemParameters> {
	checkNodeVersion(n8n.getNode());
	const pane = ({ name, displayName, options }: INodeProperties) =>
		optionsOf(n8n.getNodeParameter(name, item, {}), displayName, options);
	const kind = readKind(n8n, item);
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
	const { secrets, ...place } = await readDestination(n8n, item, kind, { idleMs, transfer });
	const domo = domoSecrets(await n8n.getCredentials('domoClientApi', item));
	return { request, ...place, secrets: [...secrets, ...domo] };
}

/** How many items run at once: a setting of the whole node, read from its first item. */
export function readItemConcurrency(n8n: IExecuteFunctions): ItemConcurrency {
	if (n8n.getInputData().length === 0) return 'auto';
	const transfer = optionsOf(n8n.getNodeParameter('transfer', 0, {}), 'Transfer', transferPane.options);
	return transfer.whole('itemsAtOnce', 'Items at Once', 1, 16, 4) ?? 'auto';
}

function readKind(n8n: IExecuteFunctions, item: number): WritebackRequest['kind'] {
	const chosen = n8n.getNodeParameter('destination', item);
	const kind = choiceOf(chosen, ['sftp', 'azureBlob', 'binary'], propertyOf('destination'));
	if (kind !== undefined) return kind;
	throw invalidParameter(
		'Destination',
		'there is no such destination',
		'Choose SFTP (sftp), Azure Blob Storage (azureBlob) or n8n Binary File (binary).',
	);
}

function readNames(
	n8n: IExecuteFunctions,
	item: number,
	kind: WritebackRequest['kind'],
	{ format, compression, pgp, rows }: FormatOptions,
	fileFormat: Options,
): Names {
	const [parameter, label] = kind === 'azureBlob' ? ['folder', 'Folder'] : ['path', 'Path'];
	const text = (name: string, field: string) => readText(n8n.getNodeParameter(name, item, ''), field);
	return {
		folder: kind === 'binary' ? [] : readFolder(text(parameter, label), label),
		folderLabel: label,
		...(kind === 'binary' && { field: readBinaryField(text('binaryPropertyName', 'Put Output File in Field')) }),
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
