import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	AccountSASPermissions,
	AccountSASResourceTypes,
	AccountSASServices,
	BlobServiceClient,
	ContainerSASPermissions,
	SASProtocol,
	StorageSharedKeyCredential,
	generateAccountSASQueryParameters,
	generateBlobSASQueryParameters,
} from '@azure/storage-blob';
import { startProcess } from './process';

export interface AzuriteOptions {
	readonly accountName?: string;
	/** Keeps blobs in a temporary folder instead of in memory: slower, for files of gigabytes. */
	readonly onDisk?: boolean;
	/** Keeps them in this folder and lets them stay there. */
	readonly folder?: string;
	/** A free one unless given. */
	readonly port?: number;
	readonly accountKey?: string;
}

/** When a SAS token holds, counted from now; negative is in the past. */
interface Validity {
	readonly startsInMs?: number;
	readonly expiresInMs?: number;
	/** A token for https only is refused here, as Azurite serves http. */
	readonly httpsOnly?: boolean;
}

export interface AccountSas extends Validity {
	/** Letters of `sp`; read, add, create, write, delete and list when absent. */
	readonly permissions?: string;
	/** Letters of `ss`; blob when absent. */
	readonly services?: string;
	/** Letters of `srt`; container and object when absent. */
	readonly resourceTypes?: string;
}

export interface ContainerSas extends Validity {
	readonly permissions?: string;
}

/** A running Azurite blob service with one storage account. All SAS tokens come without a leading `?`. */
export interface Azurite {
	readonly accountName: string;
	readonly accountKey: string;
	/** Path style: `http://127.0.0.1:PORT/ACCOUNT`. */
	readonly blobEndpoint: string;
	/** The account's owner, for what a test arranges and looks at. */
	readonly service: BlobServiceClient;
	createContainer(name: string): Promise<void>;
	accountSas(sas?: AccountSas): string;
	containerSas(container: string, sas?: ContainerSas): string;
	/** One line for each request it answered, with its status. */
	log(): string;
	close(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** Starts Azurite on a free port of the loopback address. */
export async function startAzurite({
	accountName = 'sandboxaccount',
	onDisk = false,
	folder: lasting,
	port: wanted = 0,
	accountKey = randomBytes(64).toString('base64'),
}: AzuriteOptions = {}): Promise<Azurite> {
	const folder = lasting ?? (await mkdtemp(join(tmpdir(), 'azurite-')));
	await mkdir(folder, { recursive: true });
	const azurite = await startProcess({
		command: process.execPath,
		args: [
			...['--require', require.resolve('./azuriteWithoutTelemetry.cjs')],
			require.resolve('azurite/dist/src/blob/main.js'),
			...['--blobHost', '127.0.0.1', '--blobPort', String(wanted)],
			...['--skipApiVersionCheck', '--disableTelemetry'],
			...(onDisk || lasting !== undefined ? ['--location', folder] : ['--inMemoryPersistence']),
		],
		env: { ...process.env, AZURITE_ACCOUNTS: `${accountName}:${accountKey}` },
		cwd: folder,
		ready: /successfully listen\w* (?:at|on) http:\/\/127\.0\.0\.1:\d+/,
		...(lasting === undefined && { folder }),
	});
	const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(azurite.log())?.[1];
	const blobEndpoint = `http://127.0.0.1:${port}/${accountName}`;
	const key = new StorageSharedKeyCredential(accountName, accountKey);
	const service = new BlobServiceClient(blobEndpoint, key);
	return {
		accountName,
		accountKey,
		blobEndpoint,
		service,
		createContainer: async (name) => void (await service.createContainer(name)),
		accountSas: (sas = {}) => accountSas(key, sas),
		containerSas: (container, sas = {}) => containerSas(key, container, sas),
		log: azurite.log,
		close: async () => {
			await azurite.stop();
			if (lasting === undefined) await rm(folder, { recursive: true, force: true });
		},
	};
}

function accountSas(key: StorageSharedKeyCredential, sas: AccountSas): string {
	const { permissions = 'rwdlac', services = 'b', resourceTypes = 'co' } = sas;
	const values = {
		...validity(sas),
		permissions: AccountSASPermissions.parse(permissions),
		services: AccountSASServices.parse(services).toString(),
		resourceTypes: AccountSASResourceTypes.parse(resourceTypes).toString(),
	};
	return generateAccountSASQueryParameters(values, key).toString();
}

function containerSas(key: StorageSharedKeyCredential, containerName: string, sas: ContainerSas): string {
	const permissions = ContainerSASPermissions.parse(sas.permissions ?? 'racwdl');
	return generateBlobSASQueryParameters({ ...validity(sas), containerName, permissions }, key).toString();
}

function validity({ startsInMs = -5 * MINUTE_MS, expiresInMs = 60 * MINUTE_MS, httpsOnly = false }: Validity) {
	return {
		startsOn: new Date(Date.now() + startsInMs),
		expiresOn: new Date(Date.now() + expiresInMs),
		protocol: httpsOnly ? SASProtocol.Https : SASProtocol.HttpsAndHttp,
	};
}
