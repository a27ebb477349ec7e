import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { type HandedOn, openBinaryStore } from '../binaryStore';
import { readConnections, readStaging } from './readTransfer';
import { azureSecrets } from '../../../core/destinations/azureBlob/account';
import type { DestinationKind } from '../../../core/destinations/destination';
import type { DestinationOptions } from '../../../core/destinations/openDestination';
import { azureFields, sftpFields, sftpSecrets } from '../../shared/credentialFields';
import { locatorText } from '../../shared/dataSetLocator';
import type { Options } from '../../shared/optionsReader';

/** Where one item goes. */
export interface ItemDestination {
	readonly destination: DestinationOptions;
	/** Secret texts of the credentials. */
	readonly secrets: readonly string[];
	/** What the item puts out beside its receipt, once the writeback is over; absent where files go to a server. */
	readonly handedOn?: () => readonly HandedOn[];
}

/** What the Transfer pane says about a destination. */
interface Pace {
	readonly idleMs: number;
	readonly transfer: Options;
}

/** Reads where one item goes. Rejects with `setting` for the first field of Transfer that cannot work. */
export async function readDestination(
	n8n: IExecuteFunctions,
	item: number,
	kind: DestinationKind,
	pace: Pace,
): Promise<ItemDestination> {
	switch (kind) {
		case 'sftp':
			return await readSftp(n8n, item, pace);
		case 'azureBlob':
			return await readAzure(n8n, item, pace);
		case 'binary':
			return readBinary(n8n);
	}
}

function readBinary({ helpers }: IExecuteFunctions): ItemDestination {
	const store = openBinaryStore(helpers);
	return { destination: { kind: 'binary', place: randomUUID(), store }, secrets: [], handedOn: store.handedOn };
}

async function readSftp(n8n: IExecuteFunctions, item: number, { idleMs, transfer }: Pace): Promise<ItemDestination> {
	const credential = await n8n.getCredentials('sftpWritebackApi', item);
	const connections = readConnections(transfer);
	const destination = { kind: 'sftp', ...sftpFields(credential), idleMs, connections } as const;
	return { destination, secrets: sftpSecrets(destination) };
}

async function readAzure(n8n: IExecuteFunctions, item: number, { idleMs, transfer }: Pace): Promise<ItemDestination> {
	const credential = await n8n.getCredentials('azureBlobSasApi', item);
	const container = locatorText(n8n.getNodeParameter('container', item));
	const fields = azureFields(credential);
	const staging = readStaging(transfer);
	const destination = { kind: 'azureBlob', ...fields, container, staging, idleMs } as const;
	return { destination, secrets: azureSecrets(destination) };
}
