import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from './install';

const exec = promisify(execFile);

/** What n8n's own installer passes to npm. */
const INSTALL = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/** Installs a tarball of `npm pack` the way n8n installs a community package: run-time dependencies only, no scripts. */
export async function installPackage(tarball: string, name: string, userFolder: string): Promise<void> {
	const folder = await packageFolderOf(userFolder, name);
	await mkdir(folder, { recursive: true });
	await exec('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const file = join(folder, 'package.json');
	const manifest: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
	for (const left of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete manifest[left];
	await writeFile(file, JSON.stringify(manifest, null, 2));
	await npm(INSTALL, folder);
	const ledger = { name: 'installed-nodes', private: true, dependencies: { [name]: manifest.version } };
	await writeFile(join(userFolder, '.n8n', 'nodes', 'package.json'), JSON.stringify(ledger, null, 2));
}

/** Lets n8n load a package from its checkout: what is built there is what runs. */
export async function linkPackage(packageFolder: string, name: string, userFolder: string): Promise<void> {
	const folder = await packageFolderOf(userFolder, name);
	await rm(folder, { recursive: true, force: true });
	await symlink(packageFolder, folder, 'junction');
}

/** Where n8n looks for the community package `name`; the folder above it exists afterwards. */
async function packageFolderOf(userFolder: string, name: string): Promise<string> {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	await mkdir(modules, { recursive: true });
	return join(modules, name);
}
