import { openAzureBlob } from '../../core/destinations/azureBlob/destination';
import type { Attributes, Target } from '../../core/destinations/destination';
import { startAzurite } from '../../sandbox/azurite';
import { azureFieldsOf } from '../fields';
import { conformance, type Harness } from './suite';
import type { StagingOptions } from '../../core/destinations/azureBlob/account';

const CONTAINER = 'exports';
const MEBIBYTE = 1024 * 1024;
const KEEPS: readonly (keyof Attributes)[] = [
	'dataSetId',
	'asOf',
	'dataCurrentAt',
	'rows',
	'contentType',
	'cacheControl',
	'accessTier',
	'metadata',
	'tags',
];
const AUTO: StagingOptions = { blockBytes: 'auto', concurrency: 'auto' };

async function startHarness(kindOfSas: 'account' | 'container', staging: StagingOptions): Promise<Harness> {
	const azurite = await startAzurite();
	await azurite.createContainer(CONTAINER);
	const reader = azurite.accountSas();
	const sas =
		kindOfSas === 'account'
			? azurite.accountSas({ permissions: 'rwct' })
			: azurite.containerSas(CONTAINER, { permissions: 'rwct' });
	const blobs = azurite.service.getContainerClient(CONTAINER);
	const blobOf = ({ folder, fileName }: Target) => blobs.getBlockBlobClient(`${folder}/${fileName}`);
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
		attributes: async (target) => {
			const properties = await blobOf(target).getProperties();
			// The list, unlike the properties, tells upper case from lower case, and keeps what is empty.
			const list = blobs.listBlobsFlat({ prefix: `${target.folder}/${target.fileName}`, includeMetadata: true });
			const listed = (await list.next()).value?.metadata ?? {};
			const { domodatasetid, domoupdatedat, domodatacurrentat, domorows, domowritebackrun, ...metadata } = listed;
			expect(domowritebackrun).toMatch(/^[0-9a-f]{24}$/);
			return {
				dataSetId: String(domodatasetid),
				asOf: new Date(String(domoupdatedat)),
				dataCurrentAt: new Date(String(domodatacurrentat)),
				rows: Number(domorows),
				contentType: String(properties.contentType),
				cacheControl: String(properties.cacheControl),
				accessTier: properties.accessTier as NonNullable<Attributes['accessTier']>,
				metadata,
				tags: (await blobOf(target).getTags()).tags,
			};
		},
		place: async (target, data) => void (await blobOf(target).upload(data, data.length)),
		names: async (folder) => {
			const found: string[] = [];
			for await (const { name } of blobs.listBlobsFlat({ prefix: `${folder}/` }))
				found.push(name.slice(folder.length + 1));
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
	conformance(async () => await startHarness(kindOfSas, staging), {
		folders: 'part of the name',
		keeps: KEEPS,
	});
});
