import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { npm } from '../../sandbox/n8n/install';

/**
 * Resolves to a folder that holds one npm package at this version, outside of the checkout so that every clone shares it.
 * No install script runs: as in n8n, ssh2 stays without its native cryptography.
 */
export async function npmPeer(name: string, version: string, say: (what: string) => void): Promise<string> {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const flat = name.replace(/^@/, '').replaceAll('/', '-');
	const folder = join(cache, 'n8n-nodes-domo-writeback', `bench-${flat}-${version}`);
	const stamp = join(folder, '.installed');
	if (existsSync(stamp)) return folder;
	say(`Installing ${name} ${version} (once) …`);
	await mkdir(folder, { recursive: true });
	const manifest = { name: `bench-${flat}`, private: true, dependencies: { [name]: version } };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
	await writeFile(stamp, `${new Date().toISOString()}\n`);
	return folder;
}
