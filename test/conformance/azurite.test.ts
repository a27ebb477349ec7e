import { openAzureBlob } from '../../nodes/DomoWriteback/destinations/azureBlob/azureBlob';
import type { Target } from '../../nodes/DomoWriteback/destinations/destination';
import { startAzurite } from '../../sandbox/azurite';
import { azureFieldsOf } from '../fields';
import { conformance, type Harness } from './suite';

const CONTAINER = 'exports';

async function startHarness(kindOfSas: 'account' | 'container'): Promise<Harness> {
	const azurite = await startAzurite();
	await azurite.createContainer(CONTAINER);
	const reader = azurite.accountSas();
	const sas =
		kindOfSas === 'account'
			? azurite.accountSas({ permissions: 'rwc' })
			: azurite.containerSas(CONTAINER, { permissions: 'rwc' });
	const addressOf = ({ folder, fileName }: Target) =>
		`${azurite.blobEndpoint}/${CONTAINER}/${encodeURIComponent(`${folder}/${fileName}`)}?${reader}`;
	return {
		open: async () => openAzureBlob(azureFieldsOf(azurite, CONTAINER, sas)),
		openForbidden: async () => openAzureBlob(azureFieldsOf(azurite, 'missing', azurite.accountSas())),
		read: async (target) => {
			const answer = await fetch(addressOf(target));
			if (answer.status === 404) return undefined;
			expect(answer.status).toBe(200);
			return Buffer.from(await answer.arrayBuffer());
		},
		names: async (folder) => {
			const found: string[] = [];
			const blobs = azurite.service.getContainerClient(CONTAINER).listBlobsFlat({ prefix: `${folder}/` });
			for await (const { name } of blobs) found.push(name.slice(folder.length + 1));
			return found;
		},
		close: async () => await azurite.close(),
	};
}

describe('Azure Blob Storage (Azurite) with an account SAS', () => {
	conformance(async () => await startHarness('account'), { folders: 'part of the name' });
});

describe('Azure Blob Storage (Azurite) with a container SAS', () => {
	conformance(async () => await startHarness('container'), { folders: 'part of the name' });
});
