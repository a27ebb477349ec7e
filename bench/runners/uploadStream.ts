import { text } from 'node:stream/consumers';
import { BlockBlobClient } from '@azure/storage-blob';
import { exported } from './exported';
import type { CopyJob, CopyReport } from './job';

/** Hands each export to the SDK's `uploadStream`, at its defaults. */
async function main(): Promise<void> {
	const job: CopyJob = JSON.parse(await text(process.stdin));
	const startedAt = performance.now();
	for (const { url, target } of job.downloads) {
		await new BlockBlobClient(target).uploadStream(await exported(url, job.authorization));
	}
	const report: CopyReport = { wallMs: performance.now() - startedAt };
	process.stdout.write(`${JSON.stringify(report)}\n`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
