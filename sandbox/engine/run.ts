import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeTypes,
	IPinData,
	IRun,
	IWorkflowBase,
	IWorkflowSettings,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import type { CredentialStore } from './credentials';

/** A workflow as n8n's editor exports it; what else such a file holds is ignored. */
export interface WorkflowJson {
	readonly id?: string;
	readonly name?: string;
	readonly nodes: INode[];
	readonly connections: IConnections;
	readonly settings?: IWorkflowSettings;
	readonly pinData?: IPinData;
	readonly staticData?: IDataObject | null;
}

export interface RunOptions {
	readonly workflow: WorkflowJson;
	/** Stops the execution the way the editor's Stop button does. */
	readonly signal?: AbortSignal;
	/** Told what a node sends to an open editor with `sendMessageToUI` (only in the mode `manual`). */
	readonly onProgress?: (message: unknown, source: string) => void;
	/** `manual` when absent: started from the editor. `trigger` is a scheduled run, `cli` is `n8n execute`. */
	readonly mode?: WorkflowExecuteMode;
}

export interface Run {
	/** `canceled` needs a node that ends without an error, or with one whose message holds "canceled". */
	readonly status: ExecutionStatus;
	/** Why the execution failed, as n8n stores it: a plain object. Absent when nodes went on after their errors. */
	readonly error?: ExecutionError;
	/** By node name: for each output the items of the node's last run. */
	readonly outputs: Readonly<Record<string, INodeExecutionData[][]>>;
	readonly hints: Readonly<Record<string, NodeExecutionHint[]>>;
	/** What nodes noted so that the execution is found by it. */
	readonly customData: Readonly<Record<string, string>>;
	/** The text n8n would store about this execution, to be searched for what must not be in it. */
	readonly persisted: string;
	/** What triggers keep between runs. */
	readonly staticData: IDataObject;
}

/** Runs until every node is done or stopped. Never rejects because of a node: see `error`. */
export async function run(
	nodeTypes: INodeTypes,
	credentialsHelper: CredentialStore,
	options: RunOptions,
): Promise<Run> {
	const { workflow: json, signal, onProgress, mode = 'manual' } = options;
	const stored = storedForm(json);
	const workflow = new Workflow({
		...stored,
		nodeTypes,
		...(json.settings && { settings: json.settings }),
	});
	const executionId = '1';
	const additionalData = additionalDataFor({
		credentialsHelper,
		executionId,
		onPush: (_type, data) => tell(onProgress, data),
	});
	additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, stored);
	const pinData = mode === 'manual' ? json.pinData : undefined;
	const running = new WorkflowExecute(additionalData, mode).run({ workflow, ...(pinData && { pinData }) });
	const stop = () => running.cancel();
	signal?.addEventListener('abort', stop, { once: true });
	if (signal?.aborted) stop();
	try {
		return outcome(await running, stored, workflow.staticData);
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}

function storedForm(json: WorkflowJson): IWorkflowBase {
	const now = new Date();
	return {
		...structuredClone(json),
		id: json.id ?? 'workflow',
		name: json.name ?? 'Workflow',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
		staticData: structuredClone(json.staticData ?? {}),
	};
}

function outcome({ status, data }: IRun, workflowData: IWorkflowBase, staticData: IDataObject): Run {
	const { error, runData, metadata = {} } = data.resultData;
	const last = Object.entries(runData).map(([name, runs]) => [name, runs.at(-1)] as const);
	return {
		status,
		...(error && { error }),
		outputs: Object.fromEntries(
			last.map(([name, task]) => [name, (task?.data?.main ?? []).map((items) => items ?? [])]),
		),
		hints: Object.fromEntries(last.map(([name, task]) => [name, task?.hints ?? []])),
		customData: metadata,
		persisted: asStored({ data, workflowData }),
		staticData,
	};
}

/** n8n stores what `JSON` sees of everything reachable, each object once. */
function asStored(value: object): string {
	const seen = new WeakSet<object>();
	return JSON.stringify(value, (_key, part: unknown) => {
		if (typeof part !== 'object' || part === null) return part;
		if (seen.has(part)) return undefined;
		seen.add(part);
		return part;
	});
}

function tell(onProgress: RunOptions['onProgress'], data: IDataObject | IDataObject[]): void {
	for (const { source, messages } of [data].flat()) {
		for (const message of [messages].flat()) onProgress?.(message, String(source ?? ''));
	}
}
