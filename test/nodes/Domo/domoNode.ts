import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { Domo } from '../../../nodes/Domo/Domo.node';
import { type DomoDouble, type SandboxDataSet, startDomo } from '../../../sandbox/domo/domo';
import { oneNodeWorkflow } from '../oneNodeWorkflow';
import { type Engine, openEngine, type Run, type WorkflowJson } from '../../../sandbox/engine/engine';

const NODE_NAME = 'Domo';
export const NODE_TYPE = 'n8n-nodes-domo-writeback.domo';

export interface Wish {
	readonly parameters: IDataObject;
	/** The `json` of each input item; one without anything when absent. */
	readonly items?: readonly IDataObject[];
	readonly onError?: INode['onError'];
	readonly signal?: AbortSignal;
}

export interface Outcome {
	readonly run: Run;
	/** Items of the main output, and of the error output. */
	readonly good: readonly INodeExecutionData[];
	readonly bad: readonly INodeExecutionData[];
}

/** The real node in n8n's own engine, beside Domo's double. */
export interface Bench {
	readonly domo: DomoDouble;
	/** An engine with the node installed and the credential saved; it has no token yet. */
	engine(): Engine;
	run(wish: Wish): Promise<Outcome>;
	/** The `json` of all items of the main output; throws the error of a run that failed. */
	items(parameters: IDataObject): Promise<readonly IDataObject[]>;
	/** The error of a run, as n8n stores it. */
	failure(
		parameters: IDataObject,
	): Promise<{ readonly message: string; readonly description: string; readonly type: string }>;
	close(): Promise<void>;
}

export async function startBench(dataSets: readonly SandboxDataSet[]): Promise<Bench> {
	const domo = await startDomo({ dataSets: [...dataSets] });
	const { url: apiHost, clientId, clientSecret } = domo;
	const credentials = { domoClientApi: { apiHost, clientId, clientSecret, accessToken: '' } };
	const engine = () => openEngine({ nodeTypes: { [NODE_TYPE]: Domo }, credentialTypes: [DomoClientApi] }, credentials);
	const run = async ({ parameters, items = [{}], onError, signal }: Wish): Promise<Outcome> => {
		const done = await engine().runWorkflow({
			workflow: domoWorkflow(parameters, items, onError),
			...(signal && { signal }),
		});
		const [good = [], bad = []] = done.outputs[NODE_NAME] ?? [];
		return { run: done, good, bad };
	};
	return {
		domo,
		engine,
		run,
		items: async (parameters) => {
			const { run: done, good } = await run({ parameters });
			if (done.error) throw done.error;
			return good.map(({ json }) => json);
		},
		failure: async (parameters) => {
			const { error } = (await run({ parameters })).run;
			if (error === undefined) throw new Error('The run succeeded');
			const [message, description, type] = ['message', 'description', 'type'].map((name) =>
				String(Reflect.get(error, name) ?? ''),
			);
			return { message: message ?? '', description: description ?? '', type: type ?? '' };
		},
		close: async () => await domo.close(),
	};
}

/** Domo alone. */
export function domoWorkflow(
	parameters: IDataObject,
	items: readonly IDataObject[],
	onError?: INode['onError'],
): WorkflowJson {
	const node = { name: NODE_NAME, type: NODE_TYPE, typeVersion: 1, credentials: ['domoClientApi'] };
	const chosen = { resource: 'dataSet', ...parameters };
	return oneNodeWorkflow({ ...node, parameters: chosen, ...(onError && { onError }) }, items);
}
