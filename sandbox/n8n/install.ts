import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Recipe, recipe } from './recipe';

const exec = promisify(execFile);

const SQLITE_BINARY = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/** npm writes this last, so its presence says that an installation ran to its end. */
const NPM_DONE = 'node_modules/.package-lock.json';

/** An n8n that is there. */
export interface InstalledN8n extends Pick<Recipe, 'version' | 'modulesOff' | 'ownerByEnv'> {
	/** Holds its `node_modules`. */
	readonly folder: string;
	/** What runs as `n8n`: a script for `node`. */
	readonly script: string;
	/** The Node that runs it. */
	readonly node: string;
}

/** Where everything is kept that outlives a run: outside of the checkout, so that every clone shares it. */
export function cacheFolder(): string {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-domo-writeback');
}

/**
 * Installs n8n where it is missing: all of it takes about five minutes and 3 GB. Which version, `recipe` says. Asks the
 * network for nothing once it is there. Passes what takes long to `say`.
 */
export async function installN8n(say: (what: string) => void = () => {}): Promise<InstalledN8n> {
	const wanted = recipe();
	const folder = join(cacheFolder(), `n8n-${wanted.version}`);
	const node = wanted.nodeVersion === undefined ? process.execPath : nodeIn(folder);
	const installed = { ...wanted, folder, script: join(folder, 'node_modules/n8n/bin/n8n'), node };
	const stamp = join(folder, '.installed');
	if (existsSync(stamp)) return installed;
	await mkdir(folder, { recursive: true });
	if (!(await isComplete(folder, wanted))) {
		say(`Installing n8n ${wanted.version} into ${folder} (once, about four minutes) …`);
		await writeFile(join(folder, 'package.json'), JSON.stringify(manifest(wanted), null, 2));
		await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
	}
	if (!existsSync(node)) await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], folder);
	if (!existsSync(join(folder, SQLITE_BINARY))) {
		say("Building n8n's database driver (once, about 80 seconds) …");
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', ...headers()], folder);
	}
	await exec(node, ['-e', "require('sqlite3')"], { cwd: folder });
	await writeFile(stamp, `${new Date().toISOString()}\n`);
	return installed;
}

function manifest({ version, nodeVersion, overrides }: Recipe): object {
	const dependencies = { n8n: version, ...(nodeVersion !== undefined && { node: nodeVersion }) };
	return { name: 'n8n-for-domo-writeback', private: true, dependencies, overrides };
}

/** Runs npm under the Node of this process; rejects with what it printed. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
	const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
	const options = { cwd, env, maxBuffer: 1 << 26, shell: process.platform === 'win32' };
	const { stdout } = await exec('npm', [...args], options).catch((error: { stderr?: string }) => {
		throw new Error(`npm ${args.join(' ')} did not work in ${cwd}:\n${error.stderr ?? String(error)}`, {
			cause: error,
		});
	});
	return stdout;
}

async function isComplete(folder: string, wanted: Recipe): Promise<boolean> {
	if (!existsSync(join(folder, NPM_DONE))) return false;
	const installed = await readFile(join(folder, 'node_modules/n8n/package.json'), 'utf8').catch(() => '{}');
	const { version }: { version?: string } = JSON.parse(installed);
	return version === wanted.version;
}

/** Where the package `node` lays its program down when its script has run. */
function nodeIn(folder: string): string {
	return join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The Node of our `node` package brings its headers; without them node-gyp downloads them, or trusts a user's setting. */
function headers(): string[] {
	const platforms = join(dirname(require.resolve('node/package.json')), 'node_modules');
	const found = existsSync(platforms) ? readdirSync(platforms).map((name) => join(platforms, name)) : [];
	const node = found.find((folder) => existsSync(join(folder, 'include/node/node.h')));
	return node === undefined ? [] : [`--nodedir=${node}`];
}
