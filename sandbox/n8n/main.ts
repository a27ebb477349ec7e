import { readFile, readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../sandbox';
import { linkPackage } from './community';
import { installN8n } from './install';
import { importInto, startN8n } from './n8n';

const ROOT = join(__dirname, '..', '..');

/** n8n's own port, so that a bookmark keeps working; another one when N8N_PORT says so. */
const PORT = Number(process.env.N8N_PORT ?? 5678);

/** Serves the real n8n with this package linked into it, the sandbox beside it and the examples imported, until Ctrl+C. */
async function main(): Promise<void> {
	await installN8n((what) => console.log(what));
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-sandbox-'));
	const sandbox = await startSandbox();
	await linkPackage(ROOT, 'n8n-nodes-domo-writeback', userFolder);
	console.log('Importing credentials and the workflows of examples/ …');
	await importInto({ userFolder }, sandbox.credentials, await examples());
	const n8n = await startN8n({ userFolder, port: PORT });
	console.log(`\nn8n: ${n8n.url}\nsign in as ${n8n.owner.email} with ${n8n.owner.password}\nCtrl+C ends it all.`);
	await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((name) => process.once(name, resolve)));
	await Promise.all([n8n.close(), sandbox.close()]);
	await rm(userFolder, { recursive: true, force: true });
}

async function examples(): Promise<Array<{ readonly id: string }>> {
	const folder = join(ROOT, 'examples');
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
	return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
