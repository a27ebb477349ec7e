import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { AzureServer } from '../fixtures/azureServer';
import { run } from '../fixtures/command';
import type { Fixture } from '../fixtures/fixture';
import { installDebian } from '../peerInstallers/debianPeers';
import { npmPeer } from '../peerInstallers/npmPeer';

const AZCOPY = '10.32.2';

/** An export piped into azcopy, at its defaults. */
export async function azcopyPipe(lab: Fixture, server: AzureServer, url: string, blob: string): Promise<number> {
	const binary = await azcopyBinary(lab);
	const logs = await lab.newFolder('azcopy');
	const env = {
		...process.env,
		AZCOPY_LOG_LOCATION: logs,
		AZCOPY_JOB_PLAN_LOCATION: logs,
		AZCOPY_DISABLE_SYSLOG: 'true',
		AUTHORIZATION: await lab.domo.authorization(),
		URL: url,
	};
	const script = `printf 'Authorization: %s' "$AUTHORIZATION" | curl -sSf -H @- "$URL" | "$@"`;
	const azcopy = [binary, 'copy', server.blobUrl(blob), '--from-to=PipeBlob', '--skip-version-check'];
	const { wallMs } = await run('/bin/sh', ['-c', script, 'sh', ...azcopy], { env, signal: lab.signal });
	return wallMs;
}

let tried: Promise<unknown> | undefined;

async function azcopyBinary(lab: Fixture): Promise<string> {
	const folder = await npmPeer('@azure-tools/azcopy-linux', AZCOPY, lab.say);
	const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
	const binary = join(folder, 'node_modules/@azure-tools/azcopy-linux/dist/bin', `azcopy_linux_${architecture}`);
	await (tried ??= makeRun(binary, lab));
	return binary;
}

/** npm brings neither the bit that lets it run nor a library of Debian's that it is linked to. */
async function makeRun(binary: string, lab: Fixture): Promise<void> {
	await chmod(binary, 0o755);
	const version = async () => await run(binary, ['--version'], { signal: lab.signal });
	await version().catch(async () => {
		await installDebian(['libsecret-1-0'], lab);
		await version();
	});
}
