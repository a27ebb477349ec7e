import { type BlobFault, startFaultyBlobService } from '../../../sandbox/faultyBlobService';
import type { Draw } from '../draw';
import type { DrawnBlobFault } from '../wrongs';
import { lineTo } from './line';
import type { Place, Servers } from './place';

const CODES: Readonly<Record<number, string>> = {
	400: 'Md5Mismatch',
	403: 'AuthenticationFailed',
	404: 'ContainerNotFound',
	409: 'BlobImmutableDueToPolicy',
	412: 'LeaseIdMissing',
	503: 'ServerBusy',
};

const PAGE = '<!DOCTYPE html><html><body>Bad gateway</body></html>';

/** A container of Azurite, behind a service that misbehaves and a line of its own. */
export async function azurePlace(drawn: Draw, bytes: number, container: string, { azure }: Servers): Promise<Place> {
	await azure.createContainer(container);
	const faulty = await startFaultyBlobService(azure.blobEndpoint);
	const faults = misbehave(faulty.fault, drawn.blob);
	const line = await lineTo(Number(new URL(faulty.blobEndpoint).port), drawn, bytes);
	const sas = azure.accountSas({ permissions: 'r' });
	const ask = async (blob: string, method: 'GET' | 'HEAD') => {
		const answer = await fetch(`${azure.blobEndpoint}/${container}/${encodeURIComponent(blob)}?${sas}`, { method });
		if (answer.ok || answer.status === 404) return answer;
		throw new Error(`Azurite answered a reader with ${answer.status}`);
	};
	const blobs = azure.service.getContainerClient(container);
	return {
		parameters: { destination: 'azureBlob', container: { __rl: true, mode: 'name', value: container } },
		typed: { azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint.replace(/:\d+/, `:${line.port}`) } },
		replacesAtOnce: true,
		names: async () => {
			const names: string[] = [];
			for await (const blob of blobs.listBlobsFlat()) names.push(blob.name);
			return names;
		},
		stamp: async (blob) => (await ask(blob, 'HEAD')).headers.get('etag') ?? undefined,
		read: async (blob) => {
			const { ok, body } = await ask(blob, 'GET');
			return ok ? (body ?? undefined) : undefined;
		},
		put: async (blob, content) => void (await blobs.getBlockBlobClient(blob).upload(content, content.length)),
		faults: () => faults() + line.faults(),
		refusedLogins: () => 0,
		connections: line.openEnds,
		close: async () => {
			await line.close();
			await faulty.close();
			await blobs.delete();
		},
	};
}

type Choose = Awaited<ReturnType<typeof startFaultyBlobService>>['fault'];

/** Counts how often it happens. */
function misbehave(fault: Choose, drawn: DrawnBlobFault | undefined): () => number {
	let faults = 0;
	fault(({ name, before }) => {
		if (drawn === undefined || name !== drawn.request) return undefined;
		if (before !== drawn.from && !(drawn.isEver && before > drawn.from)) return undefined;
		faults += 1;
		return faultOf(drawn.what);
	});
	return () => faults;
}

function faultOf(what: DrawnBlobFault['what']): BlobFault {
	if (typeof what === 'string') return what;
	const code = CODES[what];
	const headers = {
		...(code !== undefined && { 'x-ms-error-code': code }),
		...(what === 429 && { 'retry-after': '1' }),
	};
	return { status: what, headers, ...(what === 502 && { body: PAGE }) };
}
