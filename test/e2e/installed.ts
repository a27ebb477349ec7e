import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from '../../sandbox/n8n/community';
import { packed } from './pack';

/** A fresh n8n user folder with a package in it as n8n itself would have installed it from the registry. */
export async function installedFromPack() {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const { tarball, name, files, size, unpackedSize } = packed();
	await installPackage(tarball, name, folder);
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
