import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installedFromPack } from './installed';

const exec = promisify(execFile);

const ROOT = resolve(__dirname, '../..');

/** A little above what it is: a change that needs more room raises them. Packages are those that n8n installs with it. */
const CEILINGS = { tarballKB: 450, unpackedKB: 1465, files: 775, packages: 64, installedMB: 68 };

/** What is built from sources: nothing to develop it with, and no map to what is not there. */
const BUILT = /^dist\/(index|credentials\/\w+\.credentials|(core|nodes)\/.+)\.(js|d\.ts)$/;
const BESIDE = /^dist\/nodes\/\w+\/(\w+(\.dark)?\.svg|\w+\.node\.json|__schema__\/v[\d.]+(\/\w+)*\.json)$/;
const PAGES = ['LICENSE', 'README.md', 'package.json'];

let packed: Awaited<ReturnType<typeof installedFromPack>>;
beforeAll(async () => {
	packed = await installedFromPack();
});
afterAll(async () => packed?.remove());

test('the tarball holds the built nodes, the README, the licence and nothing else', () => {
	const { files } = packed;
	expect(files.filter((path) => !BUILT.test(path) && !BESIDE.test(path) && !PAGES.includes(path))).toEqual([]);
	expect(files).toEqual(expect.arrayContaining(PAGES));
});

test('every node comes with its icons, its codex and a preview of its output', () => {
	for (const node of packed.manifest.n8n.nodes) {
		const folder = node.slice(0, node.lastIndexOf('/'));
		const beside = packed.files.filter((path) => path.startsWith(folder) && BESIDE.test(path));
		const missing = [/\.dark\.svg$/, /(?<!\.dark)\.svg$/, /\.node\.json$/, /__schema__/].filter(
			(kind) => !beside.some((path) => kind.test(path)),
		);
		expect([node, missing]).toEqual([node, []]);
	}
});

test('it is as small as it was', () => {
	const { size, unpackedSize, files, installed } = packed;
	const inside = readdirSync(installed, { recursive: true, encoding: 'utf8' });
	const all = inside.map((path) => statSync(join(installed, path))).filter((entry) => entry.isFile());
	const bytes = all.reduce((sum, file) => sum + file.size, 0);
	const figures: typeof CEILINGS = {
		tarballKB: Math.ceil(size / 1000),
		unpackedKB: Math.ceil(unpackedSize / 1000),
		files: files.length,
		packages: inside.filter((path) => /node_modules\/(@[^/]+\/)?[^/@.][^/]*\/package\.json$/.test(path)).length,
		installedMB: Math.ceil(bytes / 1_000_000),
	};
	console.log(figures);
	const over = Object.entries(CEILINGS).filter(([name, most]) => Reflect.get(figures, name) > most);
	expect(over.map(([name, most]) => `${name}: ${Reflect.get(figures, name)}, and at most ${most}`)).toEqual([]);
});

test('publint finds nothing to say', async () => {
	const publint = join(ROOT, 'node_modules/publint/src/cli.js');
	const { stdout } = await exec(process.execPath, [publint, 'run', packed.tarball, '--strict']);
	expect(stdout).toContain('All good!');
});

test('this Node loads every file of it', async () => {
	const { stdout } = await exec(process.execPath, [join(ROOT, 'test/package/loads.cjs')]);
	expect(stdout).toMatch(/loads \d+ files and \d+ dependencies/);
});
