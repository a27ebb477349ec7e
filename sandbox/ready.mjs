/**
 * Makes a fresh clone ready, then runs one npm script of it: `node sandbox/ready.mjs <script> [arguments]`.
 * Installs the dependencies when the lock file changed since the last time, and Node 24 with them, which n8n needs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
async function run(args, stdio) {
	const child = spawn(npm, args, { cwd: root, stdio, shell: process.platform === 'win32' });
	// Ctrl-C reaches npm, too, which has things to end and to say; a signal to this process alone is handed on.
	const wait = () => undefined;
	const end = () => child.kill('SIGTERM');
	process.on('SIGINT', wait).on('SIGTERM', end);
	const [status] = await once(child, 'close').catch((error) => {
		console.error(`npm could not be started: ${error.message}`);
		return [1];
	});
	process.off('SIGINT', wait).off('SIGTERM', end);
	if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
	console.error('Installing the dependencies (once, about two minutes) …');
	await run(['ci', '--no-audit', '--no-fund', '--loglevel=error'], ['ignore', 'ignore', 'inherit']);
	await run(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], ['ignore', 'ignore', 'inherit']);
	writeFileSync(stamp, wanted);
}
const [script, ...args] = process.argv.slice(2);
if (script) await run(['run', '--silent', script, '--', ...args], 'inherit');
