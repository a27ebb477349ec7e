import type { AzureServer } from '../fixtures/azureServer';
import type { Fixture } from '../fixtures/fixture';
import type { CopyJob, CopyReport } from '../runners/job';

/** The Azure SDK's `uploadStream`, at its defaults, fed from the export. */
export async function uploadStream(lab: Fixture, server: AzureServer, url: string, blob: string): Promise<number> {
	const downloads = [{ url, target: server.blobUrl(blob) }];
	const job: CopyJob = { downloads, authorization: await lab.domo.authorization() };
	const { stdout } = await lab.runner('runners/uploadStream', [], { input: JSON.stringify(job) });
	const report: CopyReport = JSON.parse(stdout);
	return report.wallMs;
}
