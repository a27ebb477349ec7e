import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { awkward, empty, large, oneRow, wide } from '../../sandbox/domo/dataSets';
import { installN8n } from '../../sandbox/n8n/install';
import { executeWorkflow, importInto, startN8n } from '../../sandbox/n8n/n8n';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { signIn } from './editor';
import { installedFromPack } from './installed';
import { otherHostKey, secretsOf, servedFor } from './servers';
import { NODE_TYPE, everythingIn, writebackWorkflow, writebacksOf } from './workflows';
import { expectWritten } from './written';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const dataSet = byId(awkward().id);
const container = { __rl: true, mode: 'name', value: 'e2e-exports' };
const TO_SFTP = { domoClientApi: 'domoSandbox', sftpWritebackApi: 'sftpSandbox' };
const TO_AZURE = { domoClientApi: 'domoSandbox', azureBlobSasApi: 'azureSandbox' };
/** Nothing, one row, quoted line breaks and other alphabets, 1,500 columns, and more than any buffer. */
const SENT = {
	awkward: awkward(),
	empty: empty(),
	oneRow: oneRow(),
	wide: wide(),
	twoGiB: large({ bytes: 2 ** 31, name: 'Large, 2 GiB' }),
};
const OWN = Object.entries(SENT).flatMap(([name, { id }]) => [
	writebackWorkflow(`${name}ToSftp`, { destination: 'sftp', dataSet: byId(id), path: 'e2e/exports' }, TO_SFTP),
	writebackWorkflow(`${name}ToAzure`, { destination: 'azureBlob', dataSet: byId(id), container }, TO_AZURE),
]);
const WRONG_HOST_KEY = writebackWorkflow(
	'e2eHostKey',
	{ destination: 'sftp', dataSet, path: 'never' },
	{ ...TO_SFTP, sftpWritebackApi: 'sftpOther' },
);

let installed: Awaited<ReturnType<typeof installedFromPack>>;
let sandbox: Sandbox;
const written: string[] = [];
/** What n8n printed. */
const printed: string[] = [];

beforeAll(async () => {
	await installN8n((what) => console.log(what));
	[installed, sandbox] = await Promise.all([installedFromPack(), startSandbox()]);
	await sandbox.azure.createContainer(container.value);
	await importInto(installed, [...sandbox.credentials, otherHostKey(sandbox)], [...OWN, WRONG_HOST_KEY]);
});

afterAll(async () => Promise.all([installed?.remove(), sandbox?.close()]));

test('the tarball holds what n8n loads and nothing to develop it with', () => {
	const { files, manifest } = installed;
	expect(files).toEqual(expect.arrayContaining([...manifest.n8n.nodes, ...manifest.n8n.credentials]));
	expect(files).toEqual(
		expect.arrayContaining([expect.stringMatching(/\.svg$/), expect.stringMatching(/\.node\.json$/)]),
	);
	expect(files.filter((path) => /(^|\/)(test|sandbox|bench|docs|\.env)/.test(path))).toEqual([]);
});

test.each(OWN.map((workflow) => [workflow.name, workflow] as const))('runs %s', async (_, workflow) => {
	const { code, output, items } = await executeWorkflow(workflow.id, installed);
	printed.push(output);
	expect(code === 0 ? '' : output).toBe('');
	for (const node of writebacksOf(workflow)) {
		const receipts = items(node.name);
		expect(receipts).not.toEqual([]);
		for (const receipt of receipts) {
			const served = await servedFor(String(receipt.dataSetId));
			written.push(...(await expectWritten(sandbox, node, receipt, served)));
		}
	}
});

test('leaves nothing else behind', async () => {
	expect(await everythingIn(sandbox)).toEqual([...new Set(written)].sort());
});

test('refuses a server with another host key, says which it offers, and sends it nothing', async () => {
	const before = await everythingIn(sandbox);
	const { code, output } = await executeWorkflow(WRONG_HOST_KEY.id, installed);
	printed.push(output);
	expect(code).toBe(1);
	expect(output).toContain(sandbox.sftp.hostKeyFingerprint);
	expect(await everythingIn(sandbox)).toEqual(before);
});

test('the editor loads the node, tests its credentials and lists DataSets and containers', async () => {
	const n8n = await startN8n(installed);
	try {
		const editor = await signIn(n8n);
		expect(await editor.get('/types/nodes.json')).toContain(`"${NODE_TYPE}"`);
		for (const { id, name, type, data } of [...sandbox.credentials, otherHostKey(sandbox)]) {
			const verdict = await editor.post('/rest/credentials/test', { credentials: { id, name, type, data } });
			expect([id, verdict.status]).toEqual([id, id === 'sftpOther' ? 'Error' : 'OK']);
		}
		expect(await listed(editor, 'dataSet', 'searchDataSets')).toContain(dataSet.value);
		expect(await listed(editor, 'container', 'searchContainers')).toContain(container.value);
	} finally {
		await n8n.close();
		printed.push(n8n.log());
	}
});

test('n8n has stored and printed no secret in the clear', () => {
	const files = readdirSync(join(installed.userFolder, '.n8n'), { withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	const kept = [...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))), ...printed];
	const isKept = (text: string) => kept.some((where) => where.includes(text));
	expect(sandbox.credentials.every(({ name }) => isKept(name))).toBe(true);
	expect(secretsOf(sandbox).filter(isKept)).toEqual([]);
});

async function listed(editor: Awaited<ReturnType<typeof signIn>>, path: string, methodName: string): Promise<string[]> {
	const { results } = await editor.post('/rest/dynamic-node-parameters/resource-locator-results', {
		path: `parameters.${path}`,
		methodName,
		nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
		currentNodeParameters: { destination: 'azureBlob' },
		credentials: Object.fromEntries(Object.entries(TO_AZURE).map(([type, id]) => [type, { id, name: id }])),
	});
	return results.map(({ value }: { value: string }) => value);
}
