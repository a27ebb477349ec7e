import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { type Azurite, startAzurite } from './azurite';
import * as dataSets from './domo/dataSets';
import { type DomoDouble, type SandboxDataSet, startDomo } from './domo/domo';
import { type OpenSsh, startOpenSsh } from './openssh';
import type { Places } from './endpoints';

/** The container of the sandbox's storage account. */
export const CONTAINER = 'domo-exports';

/** Users may leave the sandbox open over a weekend without a warning that the token expires soon. */
const SAS_MS = 60 * 24 * 60 * 60_000;

/** A credential as a user would type it; the workflows in examples/ refer to it by `id`. */
export interface SandboxCredential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: ICredentialDataDecryptedObject;
}

/** Domo's double, OpenSSH and Azurite, running together. */
export interface Sandbox {
	readonly domo: DomoDouble;
	readonly sftp: OpenSsh;
	readonly azure: Azurite;
	readonly credentials: readonly SandboxCredential[];
	close(): Promise<void>;
}

/** Where a sandbox is found again the next time. */
export interface SandboxHome {
	readonly folder: string;
	/** As `placesIn(folder)` has them. */
	readonly places: Places;
}

/** The DataSets that examples name, and enough others to fill a list; IDs follow from names. */
export function standardDataSets(): SandboxDataSet[] {
	return [
		dataSets.awkward(),
		dataSets.awkwardNulls(),
		dataSets.empty(),
		dataSets.oneRow(),
		dataSets.noFinalNewline(),
		dataSets.wide(),
		dataSets.large({ bytes: 100_000_000, name: 'Large, 100 MB' }),
		dataSets.large({ bytes: 2 ** 31, name: 'Large, 2 GiB' }),
		dataSets.manyQuotes({ bytes: 64_000_000, name: 'Many quotes, 64 MB' }),
		...dataSets.catalogue(120),
	];
}

/**
 * Starts all three on free loopback ports, one container included. With a `home`, files, blobs, keys and ports are those of
 * the last sandbox that lived there; without, everything goes when it is closed.
 */
export async function startSandbox(
	served: readonly SandboxDataSet[] = standardDataSets(),
	home?: SandboxHome,
): Promise<Sandbox> {
	const [domo, sftp, azure] = await (home === undefined ? startNew(served) : startIn(home, served));
	await azure.service.getContainerClient(CONTAINER).createIfNotExists();
	return {
		domo,
		sftp,
		azure,
		credentials: credentialsOf(domo, sftp, azure),
		close: async () => void (await Promise.all([domo.close(), sftp.close(), azure.close()])),
	};
}

async function startNew(dataSets: readonly SandboxDataSet[]) {
	return await Promise.all([startDomo({ dataSets }), startOpenSsh(), startAzurite({ onDisk: true })]);
}

async function startIn({ folder, places }: SandboxHome, dataSets: readonly SandboxDataSet[]) {
	const { domo, sftp, azure } = places;
	return await Promise.all([
		startDomo({ dataSets, port: domo.port, client: domo }),
		startOpenSsh({ home: { ...sftp, folder: join(folder, 'sftp') } }),
		startAzurite({ ...azure, folder: join(folder, 'blobs') }),
	]);
}

function credentialsOf(domo: DomoDouble, sftp: OpenSsh, azure: Azurite): SandboxCredential[] {
	const { host: hostname, port, username, privateKey, hostKeyFingerprint } = sftp;
	const { accountName, blobEndpoint } = azure;
	return [
		{
			id: 'domoSandbox',
			name: 'Domo (sandbox)',
			type: 'domoClientApi',
			data: { clientId: domo.clientId, clientSecret: domo.clientSecret, apiHost: domo.url },
		},
		{
			id: 'sftpSandbox',
			name: 'SFTP (sandbox)',
			type: 'sftpWritebackApi',
			data: { hostname, port, username, privateKey, hostKeyCheck: 'pinned', hostKeyFingerprint },
		},
		{
			id: 'azureSandbox',
			name: 'Azure (sandbox)',
			type: 'azureBlobSasApi',
			data: { accountName, sasToken: azure.accountSas({ resourceTypes: 'sco', expiresInMs: SAS_MS }), blobEndpoint },
		},
	];
}
