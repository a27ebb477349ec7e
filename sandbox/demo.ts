import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { countBytes } from './demo/countBytes';
import { progressBar } from './demo/progressBar';
import { readBlob, readFileBySftp } from './demo/readBack';
import { printTable, type Row } from './demo/table';
import { type Engine, loadPackage, openEngine, type WorkflowJson } from './engine/engine';
import { CONTAINER, type Sandbox, standardDataSets, startSandbox } from './sandbox';

const ROOT = join(__dirname, '..');
/** How the node itself compared what is stored, by the receipt's `verifiedBy`. */
const VERIFIED_BY: ReadonlyMap<string, string> = new Map([
	['size', 'size'],
	['sampled', 'samples of every block'],
	['content', 'all of the content'],
]);
const EXAMPLES = ['domo-to-sftp.json', 'domo-to-azure-blob.json'];

/** Runs the example workflows in n8n's own engine against real servers and proves every file by reading it back. */
async function demo(): Promise<boolean> {
	const { dataSets, counter } = countBytes(standardDataSets());
	console.log('Starting Domo (a double of its API), OpenSSH and Azurite …');
	const sandbox = await startSandbox(dataSets);
	try {
		const data = Object.fromEntries(sandbox.credentials.map((credential) => [credential.type, credential.data]));
		const engine = openEngine(await loadPackage(ROOT), data);
		const rows: Row[] = [];
		for (const example of EXAMPLES) {
			const workflow: WorkflowJson = JSON.parse(await readFile(join(ROOT, 'examples', example), 'utf8'));
			rows.push(...(await runExample(engine, sandbox, workflow, counter)));
		}
		printTable(rows);
		return rows.length > 0 && rows.every(({ verifiedBy }) => verifiedBy !== undefined);
	} finally {
		await sandbox.close();
	}
}

async function runExample(
	engine: Engine,
	sandbox: Sandbox,
	workflow: WorkflowJson,
	counter: { bytes: number },
): Promise<Row[]> {
	console.log(`\nWorkflow "${workflow.name}", in n8n's engine`);
	counter.bytes = 0;
	const bar = progressBar(() => counter.bytes, 100_001_077);
	const run = await engine.runWorkflow({ workflow }).finally(bar);
	if (run.error) throw run.error;
	const receipts = Object.values(run.outputs).flat(2).filter(isReceipt);
	return await Promise.all(receipts.map(async (item) => await proven(sandbox, item)));
}

function isReceipt({ json }: INodeExecutionData): boolean {
	return typeof json.target === 'string';
}

/** Reads the file by another client than the one that wrote it and compares. */
async function proven(sandbox: Sandbox, { json }: INodeExecutionData): Promise<Row> {
	const target = String(json.target);
	const content =
		json.destination === 'sftp'
			? await readFileBySftp(sandbox.sftp, decodeURIComponent(new URL(target).pathname).slice(1))
			: await readBlob(target, sandbox.azure.accountSas({ permissions: 'r' }));
	const sha256 = createHash('sha256');
	let bytes = 0;
	for await (const chunk of content) {
		sha256.update(chunk);
		bytes += chunk.length;
	}
	const same = bytes === json.bytes && sha256.digest('hex') === json.sha256;
	return {
		dataSet: String(json.dataSetName),
		target: target.replace(/:\d{4,5}\//, '/').replace(`/${sandbox.azure.accountName}/${CONTAINER}`, `/…/${CONTAINER}`),
		rows: Number(json.rows),
		bytes,
		bytesPerSecond: Number(json.bytesPerSecond),
		verifiedBy: same && json.verification === 'verified' ? VERIFIED_BY.get(String(json.verifiedBy)) : undefined,
	};
}

demo().then(
	(allVerified) => {
		process.exitCode = allVerified ? 0 : 1;
		if (allVerified) console.log('\nAnother client then read every file back: all are identical, byte for byte.');
		else console.error('\nA file differs from what Domo served.');
	},
	(fault: unknown) => {
		console.error(fault);
		process.exitCode = 1;
	},
);
