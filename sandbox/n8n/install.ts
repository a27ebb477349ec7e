import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The n8n that everything here was tried with. */
export const N8N_VERSION = '2.41.1';

const SQLITE_BINARY = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/** npm writes this last, so its presence says that an installation ran to its end. */
const NPM_DONE = 'node_modules/.package-lock.json';

/**
 * Resolves to a folder that holds the pinned n8n, outside of the checkout so that every clone shares it. Installs what is
 * missing: all of it takes about five minutes and 3 GB. `say` is told what takes long.
 */
export async function installN8n(say: (what: string) => void = () => {}): Promise<string> {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const folder = join(cache, 'n8n-nodes-domo-writeback', `n8n-${N8N_VERSION}`);
	const stamp = join(folder, '.installed');
	if (existsSync(stamp)) return folder;
	await mkdir(folder, { recursive: true });
	if (!(await isComplete(folder))) {
		say(`Installing n8n ${N8N_VERSION} into ${folder} (once, about four minutes) …`);
		await writeFile(join(folder, 'package.json'), JSON.stringify(MANIFEST, null, 2));
		await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
	}
	if (!existsSync(join(folder, SQLITE_BINARY))) {
		say("Building n8n's database driver (once, about 80 seconds) …");
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', ...headers()], folder);
	}
	await exec(process.execPath, ['-e', "require('sqlite3')"], { cwd: folder });
	await writeFile(stamp, `${new Date().toISOString()}\n`);
	return folder;
}

/** Newer linkedom releases need a Node that n8n itself does not ask for. */
const MANIFEST = {
	name: 'n8n-for-domo-writeback',
	private: true,
	dependencies: { n8n: N8N_VERSION },
	overrides: { linkedom: '0.18.12' },
};

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

async function isComplete(folder: string): Promise<boolean> {
	if (!existsSync(join(folder, NPM_DONE))) return false;
	const installed = await readFile(join(folder, 'node_modules/n8n/package.json'), 'utf8').catch(() => '{}');
	const { version }: { version?: string } = JSON.parse(installed);
	return version === N8N_VERSION;
}

/** The Node of our `node` package brings its headers; without them node-gyp downloads them, or trusts a user's setting. */
function headers(): string[] {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const node = join(dirname(require.resolve('node/package.json')), 'node_modules', `node-${platform}-${process.arch}`);
	return existsSync(join(node, 'include/node/node.h')) ? [`--nodedir=${node}`] : [];
}
