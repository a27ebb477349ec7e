import { resolve } from 'node:path';
import { installN8n } from '../../../sandbox/n8n/install';
import { importInto, n8nCli, startN8n } from '../../../sandbox/n8n/n8n';
import { startQueueMode, startWorker } from '../../../sandbox/n8n/queueMode';
import type { Worker } from '../../../sandbox/n8n/queueMode';
import { startSandbox } from '../../../sandbox/sandbox';
import type { Sandbox } from '../../../sandbox/sandbox';
import { installedFromPack } from '../installed';
import type { Workflow } from '../workflows';
import { aheadOf } from './ahead';

const PACKAGE = resolve(__dirname, '../../..');

/** How many jobs a worker takes at once. */
export const CONCURRENCY = 5;

/** n8n in queue mode: a main with a later version of the package, and workers as a test asks for them. */
export interface Stage {
	readonly sandbox: Sandbox;
	/** Starts workers for as long as `act` takes: `own` have the package of this checkout, `ahead` the later version. */
	withWorkers(kinds: ReadonlyArray<'own' | 'ahead'>, act: (workers: readonly Worker[]) => Promise<void>): Promise<void>;
	/** Starts a workflow by its webhook; resolves to what its last node put out, or to n8n's answer when it failed. */
	post(workflow: string, body: object): Promise<unknown>;
	close(): Promise<void>;
}

export async function openStage(workflows: readonly Workflow[]): Promise<Stage> {
	const endings: Array<() => Promise<unknown>> = [];
	const close = async () => {
		for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
	};
	try {
		return { ...(await opened(workflows, endings)), close };
	} catch (fault) {
		await close();
		throw fault;
	}
}

/** What is opened puts how to end it into `endings`. */
async function opened(workflows: readonly Workflow[], endings: Array<() => Promise<unknown>>) {
	await installN8n((what) => console.log(what));
	const own = await installedFromPack(PACKAGE);
	endings.push(own.remove);
	const ahead = await aheadOf(own.userFolder);
	endings.push(ahead.remove);
	const sandbox = await startSandbox();
	endings.push(sandbox.close);
	const queue = await startQueueMode();
	endings.push(queue.close);
	const main = { userFolder: ahead.userFolder, env: queue.env };
	await importInto(main, sandbox.credentials, workflows);
	for (const { id } of workflows) await published(await n8nCli(['publish:workflow', `--id=${id}`], main));
	const n8n = await startN8n(main);
	endings.push(n8n.close);
	const folders = { own: own.userFolder, ahead: ahead.userFolder };
	const withWorkers: Stage['withWorkers'] = async (kinds, act) => {
		const workers: Worker[] = [];
		try {
			for (const kind of kinds) {
				const userFolder = folders[kind];
				workers.push(await startWorker(queue, { userFolder, concurrency: CONCURRENCY }));
			}
			await act(workers);
		} catch (fault) {
			throw withLogs(fault, workers);
		} finally {
			await Promise.all(workers.map(async (worker) => await worker.stop()));
		}
	};
	const post = async (workflow: string, body: object) => {
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch(`${n8n.url}/webhook/${workflow}`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
		return JSON.parse(await answer.text());
	};
	return { sandbox, withWorkers, post };
}

/** Workers alone know why a job failed. */
function withLogs(fault: unknown, workers: readonly Worker[]): unknown {
	const told = workers.flatMap((worker) =>
		worker
			.log()
			.split('\n')
			.filter((line) => !/^Worker (started|finished)/.test(line)),
	);
	if (fault instanceof Error)
		fault.stack = `${fault.stack ?? ''}\nWhat the workers said:\n${told.slice(-40).join('\n')}`;
	return fault;
}

async function published({ code, output }: { readonly code: number; readonly output: string }): Promise<void> {
	if (code !== 0) throw new Error(`n8n publish:workflow ended with ${code}:\n${output}`);
}
