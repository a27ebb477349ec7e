/**
 * Loads every file of dist/ under the Node that runs this, and what they load later: `node test/package/loads.cjs`.
 * Fails with the file that this Node cannot read. Build first.
 */
const { readdirSync } = require('node:fs');
const { join, resolve } = require('node:path');

const dist = resolve(__dirname, '../../dist');
const { dependencies } = require('../../package.json');

const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
/** Packages without a root module, and what is used of them. */
const PARTS = { '@noble/hashes': '@noble/hashes/argon2.js' };
const wanted = [
	...Object.keys(dependencies).map((name) => PARTS[name] ?? name),
	...files.map((name) => join(dist, name)),
];
for (const name of wanted) {
	try {
		require(name);
	} catch (cause) {
		throw new Error(`Node ${process.version} cannot load ${name}`, { cause });
	}
}
console.log(`Node ${process.version} loads ${files.length} files and ${wanted.length - files.length} dependencies`);
