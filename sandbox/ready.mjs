/**
 * Makes a fresh clone ready, then runs one npm script of it: `node sandbox/ready.mjs <script> [arguments]`.
 * Installs the dependencies when the lock file changed since the last time, and Node 24 with them, which n8n needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.ready');
const wanted = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @param {string[]} args @param {import('node:child_process').StdioOptions} stdio */
function run(args, stdio) {
	const { status, error } = spawnSync(npm, args, { cwd: root, stdio, shell: process.platform === 'win32' });
	if (error) console.error(`npm could not be started: ${error.message}`);
	if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
	console.error('Installing the dependencies (once, about two minutes) …');
	run(['ci', '--no-audit', '--no-fund', '--loglevel=error'], ['ignore', 'ignore', 'inherit']);
	run(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], ['ignore', 'ignore', 'inherit']);
	writeFileSync(stamp, wanted);
}
const [script, ...args] = process.argv.slice(2);
if (script) run(['run', '--silent', script, '--', ...args], 'inherit');
