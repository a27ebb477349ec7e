import { randomBytes } from 'node:crypto';
import type { Bench } from '../nodes/DomoWriteback/bench';
import type { Scene } from './row';

/** A new container, read by plain HTTP. */
export async function openBlobScene({
	azure,
}: Pick<Bench, 'azure'>): Promise<Scene & { leaveBlock(blob: string): Promise<void> }> {
	const container = `faults-${randomBytes(6).toString('hex')}`;
	await azure.createContainer(container);
	const sas = azure.accountSas({ permissions: 'r' });
	const blobs = azure.service.getContainerClient(container);
	return {
		parameters: { destination: 'azureBlob', container: { __rl: true, mode: 'name', value: container } },
		typed: {},
		names: async () => {
			const names: string[] = [];
			for await (const blob of blobs.listBlobsFlat()) names.push(blob.name);
			return names;
		},
		// One request: the SDK's downloadToBuffer looks first how large the blob is, and may meet another one then.
		read: async (blob) => {
			const answer = await fetch(`${azure.blobEndpoint}/${container}/${blob}?${sas}`);
			return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
		},
		put: async (blob, content) => void (await blobs.getBlockBlobClient(blob).upload(content, content.length)),
		/** As another tool does that is killed before it publishes: an ID of 48 bytes, as the SDKs make them. */
		leaveBlock: async (blob) => {
			const id = Buffer.alloc(48, 'x').toString('base64');
			await blobs.getBlockBlobClient(blob).stageBlock(id, 'foreign', 7);
		},
		close: async () => undefined,
	};
}
