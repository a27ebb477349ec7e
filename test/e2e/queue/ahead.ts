import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '.n8n/nodes/node_modules/n8n-nodes-domo-writeback';

/** A user folder with a later version of the package than `userFolder` has: its Domo Writeback node exists as version 1.2, too. */
export async function aheadOf(userFolder: string) {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-ahead-'));
	await cp(join(userFolder, '.n8n'), join(folder, '.n8n'), { recursive: true });
	const node = join(folder, PACKAGE, 'dist/nodes/DomoWriteback');
	await change(join(node, 'nodeVersion.js'), /NODE_VERSION = [\d.]+;/, 'NODE_VERSION = 1.2;');
	await change(join(node, 'DomoWriteback.node.js'), /version: \[1, \S+NODE_VERSION\],/, 'version: [1, 1.1, 1.2],');
	await change(join(folder, PACKAGE, 'package.json'), /"version": ?"[^"]+"/, '"version": "99.0.0"');
	return { userFolder: folder, remove: async () => await rm(folder, { recursive: true, force: true }) };
}

async function change(file: string, from: RegExp, to: string): Promise<void> {
	const text = await readFile(file, 'utf8');
	if (!from.test(text)) throw new Error(`${file} holds no ${from}`);
	await writeFile(file, text.replace(from, to));
}
