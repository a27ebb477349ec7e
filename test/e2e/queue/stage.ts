import { closable, type Endings } from '../../../sandbox/cleanups';
import { installN8n } from '../../../sandbox/n8n/install';
import { type Main, startMain } from '../../../sandbox/n8n/queueMain';
import { startQueueMode, startWorker } from '../../../sandbox/n8n/queueMode';
import type { Worker } from '../../../sandbox/n8n/queueMode';
import { startSandbox } from '../../../sandbox/sandbox';
import type { Sandbox } from '../../../sandbox/sandbox';
import { installedFromPack } from '../installed';
import type { Workflow } from '../workflows';
import { aheadOf } from './ahead';

/** How many jobs a worker takes at once. */
export const CONCURRENCY = 5;

/** n8n in queue mode: a main with a later version of the package, and workers as a test asks for them. */
export interface Stage {
	readonly sandbox: Sandbox;
	readonly main: Main;
	/** Starts workers for as long as `act` takes: `own` have the package of this checkout, `ahead` the later version. */
	withWorkers(kinds: ReadonlyArray<'own' | 'ahead'>, act: (workers: readonly Worker[]) => Promise<void>): Promise<void>;
	close(): Promise<void>;
}

export async function openStage(workflows: readonly Workflow[]): Promise<Stage> {
	return await closable(async (endings) => await opened(workflows, endings));
}

/** What is opened puts how to end it into `endings`. */
async function opened(workflows: readonly Workflow[], endings: Endings) {
	await installN8n((what) => console.log(what));
	const own = await installedFromPack();
	endings.push(own.remove);
	const ahead = await aheadOf(own.userFolder);
	endings.push(ahead.remove);
	const sandbox = await startSandbox();
	endings.push(sandbox.close);
	const queue = await startQueueMode();
	endings.push(queue.close);
	const { userFolder } = ahead;
	const main = await startMain(queue, { userFolder, credentials: sandbox.credentials, workflows });
	endings.push(main.close);
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
	return { sandbox, main, withWorkers };
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
