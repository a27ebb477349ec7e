import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Outcome } from '../nodes/DomoWriteback/bench';
import { type Kind, KINDS } from '../nodes/DomoWriteback/places';
import { inItems } from './spotInItems';

/** Where files can go: to servers, or to the next node. */
export type SpotKind = Kind | 'binary';

export const SPOT_KINDS: readonly SpotKind[] = [...KINDS, 'binary'];

/** What a file says about itself beside its content, as far as its kind of server keeps it. */
export interface Said {
	readonly modifiedAt: Date;
	readonly permissions?: number;
	readonly contentType?: string | undefined;
	readonly cacheControl?: string | undefined;
	readonly accessTier?: string | undefined;
	readonly metadata?: Readonly<Record<string, string>>;
	readonly tags?: Readonly<Record<string, string>>;
}

/** Where one case writes, with whatever folders are below; looked at on disk and by Azure's own client. */
export interface Spot {
	readonly kind: SpotKind;
	/** Where the node is told to write. */
	parameters(folder: string): IDataObject;
	/** What a receipt calls the file of a path. */
	addressOf(path: string): string;
	/** Sees what the node put out; absent where files go elsewhere. */
	readonly took?: (outcome: Outcome) => void;
	/** Makes a folder, where there are such things. */
	makeFolder(folder: string): Promise<void>;
	/** Makes a folder below that of the login. */
	makeLoginFolder(folder: string): Promise<void>;
	/** Puts a file there that is somebody else's. */
	put(path: string, content: string): Promise<void>;
	remove(path: string): Promise<void>;
	/** Paths of all files, hidden ones and unfinished blobs included, sorted. */
	paths(): Promise<string[]>;
	/** A blob that is archived is not any more afterwards. */
	read(path: string): Promise<Buffer>;
	said(path: string): Promise<Said>;
}

type Servers = Pick<Sandbox, 'sftp' | 'azure'>;

export async function openSpot(kind: SpotKind, servers: Servers): Promise<Spot> {
	if (kind === 'binary') return inItems();
	const name = `spot-${randomBytes(6).toString('hex')}`;
	return kind === 'sftp' ? onDisk(servers, name) : await inContainer(servers, name);
}

function onDisk({ sftp }: Servers, name: string): Spot {
	const root = join(sftp.root, name);
	return {
		kind: 'sftp',
		parameters: (folder) => ({ destination: 'sftp', path: folder === '' ? name : `${name}/${folder}` }),
		addressOf: (path) => `sftp://${sftp.host}:${sftp.port}/${name}/${path}`,
		makeFolder: async (folder) => void (await mkdir(join(root, folder), { recursive: true })),
		makeLoginFolder: async (folder) => void (await mkdir(join(sftp.root, folder), { recursive: true })),
		put: async (path, content) => {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), content);
		},
		remove: async (path) => await rm(join(root, path)),
		paths: async () => {
			const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
			const files = found.filter((entry) => entry.isFile());
			return files.map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
		},
		read: async (path) => await readFile(join(root, path)),
		said: async (path) => {
			const { mtime, mode } = await stat(join(root, path));
			return { modifiedAt: mtime, permissions: mode & 0o777 };
		},
	};
}

async function inContainer({ azure }: Servers, name: string): Promise<Spot> {
	await azure.createContainer(name);
	const container = azure.service.getContainerClient(name);
	const blob = (path: string) => container.getBlockBlobClient(path);
	return {
		kind: 'azureBlob',
		parameters: (folder) => ({
			destination: 'azureBlob',
			container: { __rl: true, mode: 'name', value: name },
			folder,
		}),
		addressOf: (path) => `${azure.blobEndpoint}/${name}/${path}`,
		makeFolder: async () => undefined,
		makeLoginFolder: async () => undefined,
		put: async (path, content) => void (await blob(path).upload(content, Buffer.byteLength(content))),
		remove: async (path) => void (await blob(path).delete()),
		paths: async () => {
			const found: string[] = [];
			for await (const { name: path } of container.listBlobsFlat({ includeUncommitedBlobs: true })) found.push(path);
			return found.sort();
		},
		read: async (path) => {
			// Nobody can read an archived blob as it is.
			if ((await blob(path).getProperties()).accessTier === 'Archive') await blob(path).setAccessTier('Hot');
			return await blob(path).downloadToBuffer();
		},
		said: async (path) => {
			const properties = await blob(path).getProperties();
			const { tags } = await blob(path).getTags();
			const { contentType, cacheControl, accessTier, metadata = {}, lastModified = new Date(0) } = properties;
			return { modifiedAt: lastModified, contentType, cacheControl, accessTier, metadata, tags };
		},
	};
}
