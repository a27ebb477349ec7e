import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, npm } from '../sandbox/n8n/install';

const FILES = ['package.json', 'package-lock.json'] as const;

/**
 * Installs the site's generator where it is missing, and resolves to the folder that holds its `node_modules`. It lies in the
 * cache folder, by the hash of its lock file: work on the package alone doesn't need it.
 */
export async function installGenerator(say: (what: string) => void): Promise<string> {
	const lock = await readFile(join(__dirname, 'package-lock.json'));
	const folder = join(cacheFolder(), `docs-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
	const stamp = join(folder, '.installed');
	if (existsSync(stamp)) return folder;
	say(`Installing the site's generator into ${folder} (once, about a minute, 190 MB) …`);
	await mkdir(folder, { recursive: true });
	for (const file of FILES) await cp(join(__dirname, file), join(folder, file));
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
	await writeFile(stamp, `${new Date().toISOString()}\n`);
	return folder;
}
