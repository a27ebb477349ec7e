import { type Azurite, startAzurite } from '../../sandbox/azurite';
import type { Lab } from './lab';

export const CONTAINER = 'bench';

/** Azurite, possibly far away, with one container and a SAS for it. */
export interface AzureServer {
	readonly accountName: string;
	readonly blobEndpoint: string;
	readonly sasToken: string;
	/** With the SAS, as a peer is given it. */
	blobUrl(name: string): string;
	/** Rejects unless the blob is there with just so many bytes; drops it then. */
	accept(name: string, bytes: number): Promise<void>;
	close(): Promise<void>;
}

export async function azureServer(lab: Lab, roundTripMs: number): Promise<AzureServer> {
	const azurite = await startAzurite({ onDisk: true });
	await azurite.createContainer(CONTAINER);
	const { accountName } = azurite;
	const port = Number(new URL(azurite.blobEndpoint).port);
	const proxy = roundTripMs === 0 ? undefined : await lab.proxy(port, roundTripMs);
	const blobEndpoint = azurite.blobEndpoint.replace(String(port), String(proxy?.port ?? port));
	const sasToken = azurite.accountSas({ resourceTypes: 'sco' });
	return {
		accountName,
		blobEndpoint,
		sasToken,
		blobUrl: (name) => `${blobEndpoint}/${CONTAINER}/${name}?${sasToken}`,
		accept: async (name, bytes) => await accepted(azurite, name, bytes),
		close: async () => {
			await proxy?.close();
			await azurite.close();
		},
	};
}

async function accepted({ service }: Azurite, name: string, bytes: number): Promise<void> {
	const blob = service.getContainerClient(CONTAINER).getBlobClient(name);
	const { contentLength } = await blob.getProperties();
	if (contentLength !== bytes) throw new Error(`${name} has ${contentLength} bytes in Azurite and not ${bytes}`);
	await blob.delete();
}
