import { type CredentialToImport, importInto, type N8n, n8nCli, startN8n } from './n8n';
import type { QueueMode } from './queueMode';
import type { Importable } from './webhookWorkflow';

/** The main of a queue mode, which serves webhooks and hands out the work. */
export interface Main extends N8n {
	/** Starts a published workflow by its webhook; resolves to what its last node put out, or to n8n's answer when it failed. */
	post(workflow: string, body: object): Promise<unknown>;
}

export interface MainOptions {
	/** Holds the community packages. */
	readonly userFolder: string;
	readonly credentials: readonly CredentialToImport[];
	readonly workflows: readonly Importable[];
}

/** Imports and publishes what is given, and starts the main. */
export async function startMain({ env }: QueueMode, options: MainOptions): Promise<Main> {
	const { userFolder, credentials, workflows } = options;
	const place = { userFolder, env };
	await importInto(place, credentials, workflows);
	for (const { id } of workflows) {
		const { code, output } = await n8nCli(['publish:workflow', `--id=${id}`], place);
		if (code !== 0) throw new Error(`n8n publish:workflow ended with ${code}:\n${output}`);
	}
	const n8n = await startN8n(place);
	const headers = { 'content-type': 'application/json' };
	const post = async (workflow: string, body: object): Promise<unknown> => {
		const request = { method: 'POST', headers, body: JSON.stringify(body) };
		return JSON.parse(await (await fetch(`${n8n.url}/webhook/${workflow}`, request)).text());
	};
	return { ...n8n, post };
}
