import { type Azurite, startAzurite } from '../../sandbox/azurite';
import { type FaultyBlobService, startFaultyBlobService } from '../../sandbox/faultyBlobService';

/** Azurite, and a service before it whose answers a test can change. */
export interface FaultyAzurite {
	readonly azurite: Azurite;
	readonly faulty: FaultyBlobService;
	close(): Promise<void>;
}

export async function startFaultyAzurite(container: string): Promise<FaultyAzurite> {
	const azurite = await startAzurite();
	await azurite.createContainer(container);
	const faulty = await startFaultyBlobService(azurite.blobEndpoint);
	return {
		azurite,
		faulty,
		close: async () => {
			await faulty.close();
			await azurite.close();
		},
	};
}
