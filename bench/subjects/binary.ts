import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fixture } from '../fixtures/fixture';
import type { CopyJob, CopyReport, WritebackReport } from '../runners/job';
import type { SizeMib } from '../servers/dataSets';
import { expected } from './expected';
import { onBinary, runOurs } from './ours';

/** Our node hands a DataSet to the next node in n8n's filesystem mode; checks the receipt and the file. */
export async function oursBinary(lab: Fixture, mebibytes: SizeMib): Promise<WritebackReport> {
	const folder = await lab.newFolder('binary');
	const dataSet = await expected(mebibytes);
	const report = await runOurs(lab, { dataSets: [dataSet], place: onBinary(folder) });
	await accept(folder, dataSet.bytes);
	return report;
}

/** Node's own streams write the same export to a file; checks it, and resolves to the time in ms. */
export async function nodeStreams(lab: Fixture, mebibytes: SizeMib): Promise<number> {
	const folder = await lab.newFolder('streams');
	const { id, bytes } = await expected(mebibytes);
	const downloads = [{ url: lab.domo.exportUrl(id), target: join(folder, 'export') }];
	const job: CopyJob = { downloads, authorization: await lab.domo.authorization() };
	const { stdout } = await lab.runner('runners/nodeStreams', [], { input: JSON.stringify(job) });
	await accept(folder, bytes);
	const report: CopyReport = JSON.parse(stdout);
	return report.wallMs;
}

/** Rejects unless the only file of a folder, but for n8n's notes on it, has so many bytes; drops the folder then. */
async function accept(folder: string, bytes: number): Promise<void> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.metadata'));
	const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
	if (sizes.length !== 1 || sizes[0] !== bytes) throw new Error(`${folder} holds files of ${sizes.join(', ')} bytes`);
	await rm(folder, { recursive: true });
}
