import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject, IRunData, IRunExecutionData } from 'n8n-workflow';
import type { signIn } from './editor';
import { until } from './editor/until';

type Editor = Awaited<ReturnType<typeof signIn>>;

/** How long an execution may take on a busy machine. */
const PATIENCE_MS = 180_000;

/** An execution that has ended. */
export interface Execution {
	readonly status: string;
	/** What ended it, when it failed. */
	readonly message: string;
	/** What a node put out in all its runs, also as the tool of an agent; empty when it did not run. `output` 1 is the error output of a node with one output. */
	items(nodeName: string, output?: number): IDataObject[];
}

/** One line of the list of executions. */
interface Listed {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
}

/** What the editor's button sends: where to start, or what to run up to and with. */
type Start =
	| { readonly triggerToStartFrom: { readonly name: string } }
	| { readonly destinationNode: { readonly nodeName: string; readonly mode: 'inclusive' } };

/** Runs a stored workflow by hand, as the editor's button does; resolves when it has ended, also when it failed. */
export async function executed(editor: Editor, workflow: string, start: Start): Promise<Execution> {
	const { executionId } = await editor.post(`/rest/workflows/${workflow}/run`, start);
	return await ended(editor, executionId);
}

/** Resolves when the execution has ended. */
export async function ended(editor: Editor, id: string): Promise<Execution> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const { status, data } = JSON.parse(await editor.get(`/rest/executions/${id}`)).data;
		if (!['new', 'running', 'waiting'].includes(status)) return told(status, data);
		if (Date.now() > deadline) throw new Error(`Execution ${id} is still ${status}`);
		await delay(100);
	}
}

/** The executions of a workflow, the latest first. */
export async function executionsOf(editor: Editor, workflow: string): Promise<readonly Listed[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
	return JSON.parse(await editor.get(`/rest/executions?limit=100&filter=${filter}`)).data.results;
}

/** Publishes a stored workflow; resolves when its triggers run, and a polling one has polled. */
export async function publish(editor: Editor, workflow: string): Promise<void> {
	const { versionId } = JSON.parse(await editor.get(`/rest/workflows/${workflow}`)).data;
	await editor.post(`/rest/workflows/${workflow}/activate`, { versionId });
	await until(async () => (await publicationOf(editor, workflow)) === 'published');
}

/** Takes it back; resolves when none of its triggers runs. */
export async function unpublish(editor: Editor, workflow: string): Promise<void> {
	await editor.post(`/rest/workflows/${workflow}/deactivate`, {});
	await until(async () => (await publicationOf(editor, workflow)) === 'not_published');
}

async function publicationOf(editor: Editor, workflow: string): Promise<string> {
	return JSON.parse(await editor.get(`/rest/workflows/${workflow}/publication-status`)).data.status;
}

function told(status: string, data: string): Execution {
	const { resultData } = unflattened(data) as IRunExecutionData;
	const runs: IRunData = resultData.runData;
	return {
		status,
		message: resultData.error?.message ?? '',
		items: (nodeName, output = 0) =>
			(runs[nodeName] ?? []).flatMap(({ data: put }) =>
				((put?.ai_tool ?? put?.main)?.[output] ?? []).map(({ json }) => json),
			),
	};
}

/** n8n hands out what it stored: one list of all values, in which a text is the place of another value (npm: flatted). */
function unflattened(text: string): unknown {
	const values: unknown[] = JSON.parse(text);
	const made = new Map<number, object>();
	const at = (place: number): unknown => {
		const value = values[place];
		if (typeof value !== 'object' || value === null) return value;
		const known = made.get(place);
		if (known !== undefined) return known;
		const copy: object = Array.isArray(value) ? [] : {};
		made.set(place, copy);
		for (const [key, entry] of Object.entries(value))
			Reflect.set(copy, key, typeof entry === 'string' ? at(Number(entry)) : entry);
		return copy;
	};
	return at(0);
}
