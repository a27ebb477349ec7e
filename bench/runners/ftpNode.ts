import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { CopyReport, FtpNodeJob } from './job';

/** As far as n8n's FTP node uses it. */
interface SftpClient {
	connect(options: object): Promise<unknown>;
	exists(path: string): Promise<unknown>;
	put(source: Readable, path: string): Promise<string>;
	end(): Promise<unknown>;
}

/** n8n's FTP node waits so long unless told otherwise. */
const READY_MS = 10_000;

/**
 * Does what n8n's HTTP Request node and FTP node do one after the other: each export becomes binary data, which is a file in
 * n8n's default mode, then one connection puts each of them.
 */
async function main(): Promise<void> {
	const job: FtpNodeJob = JSON.parse(await text(process.stdin));
	const Client: new () => SftpClient = createRequire(join(job.peerFolder, 'main.js'))('ssh2-sftp-client');
	const startedAt = performance.now();
	for (const { url, target } of job.downloads) await download(url, job.authorization, join(job.binaryFolder, target));
	const sftp = new Client();
	const algorithms = { compress: ['zlib@openssh.com', 'zlib', 'none'] };
	await sftp.connect({ ...job.server, readyTimeout: READY_MS, algorithms });
	for (const { target } of job.downloads) {
		if (!(await sftp.exists(dirname(target)))) throw new Error(`${target} has no folder`);
		await sftp.put(createReadStream(join(job.binaryFolder, target)), target);
	}
	await sftp.end();
	const report: CopyReport = { wallMs: performance.now() - startedAt };
	await rm(job.binaryFolder, { recursive: true });
	process.stdout.write(`${JSON.stringify(report)}\n`);
}

async function download(url: string, authorization: string, file: string): Promise<void> {
	const answer = await fetch(url, { headers: { authorization, accept: 'text/csv' } });
	if (!answer.ok || answer.body === null) throw new Error(`${url}: ${answer.status}`);
	await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
