import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { keepBinaryData } from '../../sandbox/engine/binaryData';
import { type Installed, loadPackage, openEngine, type WorkflowJson } from '../../sandbox/engine/engine';
import type { Receipt, WritebackJob, WritebackReport } from './job';
import { meters } from './meters';
import { profileCounting } from './countingProfiler';
import { withoutFormat } from './withoutFormat';
import { withoutHash } from './withoutHash';

const NODE_TYPE = 'n8n-nodes-domo-writeback.domoWriteback';

/** Long enough for what loading left running. */
const SETTLE_MS = 1000;

/** Runs one workflow with our node in n8n's engine and prints how that went. */
async function main(): Promise<void> {
	const job: WritebackJob = JSON.parse(await text(process.stdin));
	const installed = await loadPackage(job.packageFolder);
	const clock = profileCounting(job.clockTally === true ? job.packageFolder : undefined);
	if (job.formatless === true) withoutFormat(job.packageFolder);
	if (job.hashless === true) withoutHash(job.packageFolder);
	const engine = openEngine(installed, job.credentials);
	if (job.binaryFolder !== undefined) await keepBinaryData(job.binaryFolder);
	await delay(SETTLE_MS);
	const measured = meters();
	const run = await engine.runWorkflow({ workflow: workflowOf(job, latestVersion(installed)), mode: 'manual' });
	const figures = measured();
	if (run.error) throw new Error(`${run.error.message}\n${String(run.error.description ?? '')}`);
	const receipts = (run.outputs.Copy?.[0] ?? []).map(receiptOf);
	const report: WritebackReport = { receipts, ...figures, ...clock() };
	process.stdout.write(`${JSON.stringify(report)}\n`);
}

/** The newest version of the node that this build has. */
function latestVersion({ nodeTypes }: Installed): number {
	const found = nodeTypes[NODE_TYPE];
	const node = typeof found === 'function' ? new found() : found;
	return [node?.description.version ?? 1].flat().at(-1) ?? 1;
}

/** A trigger with an item for each DataSet, and one Domo Writeback node. */
function workflowOf({ parameters, credentials, dataSetIds }: WritebackJob, typeVersion: number): WorkflowJson {
	const ids = Object.keys(credentials).map((type) => [type, { id: type, name: type }]);
	const dataSet = { __rl: true, mode: 'id', value: '={{ $json.dataSetId }}' };
	const plain = { position: [0, 0] satisfies [number, number] };
	const copy = { id: 'copy', name: 'Copy', type: NODE_TYPE, credentials: Object.fromEntries(ids) };
	return {
		nodes: [
			{ ...plain, id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
			{ ...plain, ...copy, typeVersion, parameters: { ...parameters, dataSet } },
		],
		connections: { Start: { main: [[{ node: 'Copy', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		pinData: { Start: dataSetIds.map((dataSetId) => ({ json: { dataSetId } })) },
	};
}

function receiptOf({ json }: INodeExecutionData): Receipt {
	const [file]: readonly unknown[] = Array.isArray(json.files) ? json.files : [];
	const content: unknown = Reflect.get(Object(file), 'contentSha256');
	return {
		fileName: String(json.fileName),
		bytes: Number(json.bytes),
		sha256: String(json.sha256),
		durationMs: Number(json.durationMs),
		rows: Number(json.rows),
		...(json.rowsRead !== undefined && { rowsRead: Number(json.rowsRead) }),
		...(typeof content === 'string' && { contentSha256: content }),
	};
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
