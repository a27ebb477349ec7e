import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject, IRunExecutionData } from 'n8n-workflow';
import { type Finished, freePort, runProcess, startProcess } from '../process';
import { n8nEnvironment } from './environment';
import { installN8n } from './install';

/** Who signs in to an n8n started here; it listens on the loopback address only. */
const OWNER = { email: 'owner@example.com', password: 'Sandbox123' };
/** bcrypt of `OWNER.password`. */
const OWNER_HASH = '$2a$10$N74uRK.UvPCPFPdnFogIkeeFtHsilzsgSdDK0M5OD2DOtDGRwvDhy';

export interface N8nOptions {
	/** Holds n8n's `.n8n` folder: database, key, community packages. */
	readonly userFolder: string;
	readonly env?: NodeJS.ProcessEnv;
	/** A free port when absent. */
	readonly port?: number;
}

/** A running n8n. */
export interface N8n {
	readonly url: string;
	readonly owner: { readonly email: string; readonly password: string };
	log(): string;
	close(): Promise<void>;
}

/** A credential as a user would type it; workflows refer to it by `id`. */
export interface CredentialToImport {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: ICredentialDataDecryptedObject;
}

/** Starts the real n8n and resolves when its editor answers. */
export async function startN8n({ userFolder, env, port }: N8nOptions): Promise<N8n> {
	const installed = await installN8n();
	const [ownPort, brokerPort] = [port ?? (await freePort()), await freePort()];
	const n8n = await startProcess({
		command: installed.node,
		args: [installed.script, 'start'],
		cwd: userFolder,
		ready: /Editor is now accessible/,
		readyMs: 120_000,
		env: n8nEnvironment(
			installed,
			{ userFolder, brokerPort },
			{
				N8N_PORT: String(ownPort),
				N8N_LISTEN_ADDRESS: '127.0.0.1',
				// The editor is served over http.
				N8N_SECURE_COOKIE: 'false',
				N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
				N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
				N8N_INSTANCE_OWNER_FIRST_NAME: 'Sandbox',
				N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
				N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER_HASH,
				...env,
			},
		),
	});
	const url = `http://127.0.0.1:${ownPort}`;
	if (!installed.ownerByEnv) await setUpOwner(url);
	return { url, owner: OWNER, log: n8n.log, close: n8n.stop };
}

/** What the first visitor of a new n8n does; one that has its owner refuses, and nothing changes. */
async function setUpOwner(url: string): Promise<void> {
	const body = JSON.stringify({ ...OWNER, firstName: 'Sandbox', lastName: 'Owner' });
	await fetch(`${url}/rest/owner/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

/** Runs one command of n8n's command line, e.g. `['execute', '--id=…']`; never rejects because the command failed. */
export async function n8nCli(args: readonly string[], { userFolder, env }: N8nOptions): Promise<Finished> {
	const installed = await installN8n();
	const own = n8nEnvironment(installed, { userFolder, brokerPort: await freePort() }, env);
	return await runProcess({ command: installed.node, args: [installed.script, ...args], cwd: userFolder, env: own });
}

export interface ExecutionResult extends Finished {
	/** What a node put out; empty when it did not run. */
	items(nodeName: string): IDataObject[];
}

/** Runs an imported workflow once, as `n8n execute` does; never rejects because the execution failed. */
export async function executeWorkflow(id: string, options: N8nOptions): Promise<ExecutionResult> {
	const result = await n8nCli(['execute', `--id=${id}`, '--rawOutput'], options);
	// The run is the last thing printed; its braces are the only ones that stand at the start of a line.
	const [text = '{}'] = /^\{\n[\s\S]*\n\}$/m.exec(result.output) ?? [];
	const run: { data?: IRunExecutionData } = JSON.parse(text);
	const runs = run.data?.resultData.runData ?? {};
	return {
		...result,
		items: (nodeName) =>
			(runs[nodeName]?.at(-1)?.data?.main ?? []).flatMap((items) => (items ?? []).map(({ json }) => json)),
	};
}

/** Imports credentials and workflows, as a user does in the editor; rejects with what n8n said. */
export async function importInto(
	options: N8nOptions,
	credentials: readonly CredentialToImport[],
	workflows: ReadonlyArray<{ readonly id: string }>,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-import-'));
	try {
		for (const [kind, entries] of Object.entries({ credentials, workflow: workflows })) {
			if (entries.length === 0) continue;
			const file = join(folder, `${kind}.json`);
			await writeFile(file, JSON.stringify(entries), { mode: 0o600 });
			const { code, output } = await n8nCli([`import:${kind}`, `--input=${file}`], options);
			if (code !== 0) throw new Error(`n8n import:${kind} ended with ${code}:\n${output}`);
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
