import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { exported } from './exported';
import type { CopyJob, CopyReport } from './job';

/** Writes each export to a file with Node's own streams, at their defaults: no rows, no digest, no reading back. */
async function main(): Promise<void> {
	const job: CopyJob = JSON.parse(await text(process.stdin));
	const startedAt = performance.now();
	for (const { url, target } of job.downloads) {
		await pipeline(await exported(url, job.authorization), createWriteStream(target));
	}
	const report: CopyReport = { wallMs: performance.now() - startedAt };
	process.stdout.write(`${JSON.stringify(report)}\n`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
