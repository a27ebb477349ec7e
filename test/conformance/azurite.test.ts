import { openAzureBlob } from '../../nodes/DomoWriteback/destinations/azureBlob/azureBlob';
import type { Staging } from '../../nodes/DomoWriteback/destinations/azureBlob/stage';
import type { Target } from '../../nodes/DomoWriteback/destinations/destination';
import { startAzurite } from '../../sandbox/azurite';
import { azureFieldsOf } from '../fields';
import { conformance, type Harness } from './suite';

const CONTAINER = 'exports';
const MEBIBYTE = 1024 * 1024;
const AUTO: Staging = { blockBytes: 'auto', concurrency: 'auto' };

async function startHarness(kindOfSas: 'account' | 'container', staging: Staging): Promise<Harness> {
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
		open: async () => openAzureBlob({ ...azureFieldsOf(azurite, CONTAINER, sas), staging }),
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

describe.each([
	['an account SAS', 'account', AUTO],
	['a container SAS', 'container', AUTO],
	['blocks of 1 MiB, one at a time', 'account', { blockBytes: MEBIBYTE, concurrency: 1 }],
	['blocks of 3 MiB, 16 at once', 'account', { blockBytes: 3 * MEBIBYTE, concurrency: 16 }],
] as const)('Azure Blob Storage (Azurite) with %s', (_, kindOfSas, staging) => {
	conformance(async () => await startHarness(kindOfSas, staging), { folders: 'part of the name' });
});
