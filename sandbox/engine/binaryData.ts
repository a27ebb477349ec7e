import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { prepareInstance } from './instance';

/** What n8n-core makes its services with; other packages have copies of their own, which know none of them. */
const { Container }: { readonly Container: { get<T>(service: new (...needs: never[]) => T): T } } = createRequire(
	require.resolve('n8n-core'),
)('@n8n/di');

/** n8n's filesystem mode for binary data, in this process. */
export interface BinaryFolder {
	readonly folder: string;
	/** Paths of all files that n8n keeps, unfinished ones included, without those that describe them. */
	files(): Promise<string[]>;
	/** n8n keeps binary data in memory again, as an engine does by default; the folder is removed. */
	close(): Promise<void>;
}

/** Has n8n's engine keep binary data in a new folder inside of `parent`. */
export async function keepBinaryData(parent = tmpdir()): Promise<BinaryFolder> {
	prepareInstance();
	const folder = await mkdtemp(join(parent, 'binary-data-'));
	const config = Container.get(BinaryDataConfig);
	const service = Container.get(BinaryDataService);
	const before = { mode: config.mode, localStoragePath: config.localStoragePath };
	Object.assign(config, { mode: 'filesystem', localStoragePath: folder });
	await service.init();
	return {
		folder,
		files: async () => {
			const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
			const files = found.filter((entry) => entry.isFile() && !entry.name.endsWith('.metadata'));
			return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
		},
		close: async () => {
			Object.assign(config, before);
			Reflect.set(service, 'managers', {});
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The content of a binary file, looked at where n8n keeps it. */
export async function readBinary({ id, data }: IBinaryData, kept: BinaryFolder | undefined): Promise<Buffer> {
	if (id === undefined) return Buffer.from(data, 'base64');
	if (kept === undefined) throw new Error(`${id} is in no folder of this process`);
	return await readFile(join(kept.folder, id.slice(id.indexOf(':') + 1)));
}
