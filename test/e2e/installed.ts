import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packed } from './pack';

/** A fresh n8n user folder with the package in it, as `pack` has installed it. */
export async function installedFromPack() {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const { tarball, userFolder, name, files, size, unpackedSize } = packed();
	await cp(userFolder, folder, { recursive: true });
	const installed = join(folder, '.n8n', 'nodes', 'node_modules', name);
	return {
		userFolder: folder,
		tarball,
		/** Where the package lies, its dependencies below it. */
		installed,
		/** Bytes of the tarball, and of what it holds. */
		size,
		unpackedSize,
		/** Paths in the tarball. */
		files: files.map(({ path }) => path),
		manifest: JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Manifest,
		remove: async () => rm(folder, { recursive: true, force: true }),
	};
}

interface Manifest {
	readonly version: string;
	readonly n8n: { readonly nodes: string[]; readonly credentials: string[] };
}
