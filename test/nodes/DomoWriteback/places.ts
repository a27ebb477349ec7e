import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { readBlob } from '../../../sandbox/demo/readBack';
import type { Sandbox } from '../../../sandbox/sandbox';

export type Kind = 'sftp' | 'azureBlob';

export const KINDS: readonly Kind[] = ['sftp', 'azureBlob'];

/** Where one test writes, looked at without the code under test: SFTP's files on disk, blobs by plain HTTP. */
export interface Place {
	readonly kind: Kind;
	/** What the node is told to write here. */
	readonly parameters: IDataObject;
	/** How the node's receipt begins a target here. */
	readonly address: string;
	/** Everything that is here, hidden files and unfinished blobs included; none when the folder is missing. */
	names(): Promise<string[]>;
	digest(name: string): Promise<{ readonly bytes: number; readonly sha256: string }>;
}

export async function openPlace(kind: Kind, servers: Pick<Sandbox, 'sftp' | 'azure'>): Promise<Place> {
	const name = `place-${randomBytes(6).toString('hex')}`;
	return kind === 'sftp' ? folder(servers, name) : await container(servers, name);
}

function folder({ sftp }: Pick<Sandbox, 'sftp'>, name: string): Place {
	const onDisk = join(sftp.root, name);
	return {
		kind: 'sftp',
		parameters: { destination: 'sftp', path: name },
		address: `sftp://${sftp.host}:${sftp.port}/${name}/`,
		names: async () => await readdir(onDisk).catch(noneWhenAbsent),
		digest: async (file) => await digestOf(createReadStream(join(onDisk, file))),
	};
}

async function container({ azure }: Pick<Sandbox, 'azure'>, name: string): Promise<Place> {
	await azure.createContainer(name);
	const address = `${azure.blobEndpoint}/${name}/`;
	return {
		kind: 'azureBlob',
		parameters: { destination: 'azureBlob', container: { __rl: true, mode: 'name', value: name } },
		address,
		names: async () => {
			const found: string[] = [];
			for await (const blob of azure.service.getContainerClient(name).listBlobsFlat()) found.push(blob.name);
			return found;
		},
		digest: async (blob) => {
			const sas = azure.accountSas({ permissions: 'r' });
			return await digestOf(await readBlob(address + encodeURIComponent(blob), sas));
		},
	};
}

async function digestOf(content: AsyncIterable<Uint8Array>) {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of content) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { bytes, sha256: hash.digest('hex') };
}

function noneWhenAbsent(fault: NodeJS.ErrnoException): string[] {
	if (fault.code === 'ENOENT') return [];
	throw fault;
}
