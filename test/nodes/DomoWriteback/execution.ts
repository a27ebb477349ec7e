import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { DomoDouble } from '../../../sandbox/domo/domo';
import type { Engine, Run, RunOptions } from '../../../sandbox/engine/engine';
import { type Asked, asked } from './asked';
import { NODE_NAME, writebackWorkflow } from './workflow';

/** Fields of a credential that differ from what a user of the sandbox would type. */
export type Typed = Readonly<Record<string, ICredentialDataDecryptedObject>>;

export interface Wish extends Pick<RunOptions, 'signal' | 'onProgress'> {
	readonly parameters: IDataObject;
	/** The `json` of each input item; one without anything when absent. */
	readonly items?: readonly IDataObject[];
	readonly onError?: 'continueRegularOutput' | 'continueErrorOutput';
}

export interface Outcome {
	readonly run: Run;
	/** Items of the main output, and of the error output. */
	readonly good: readonly INodeExecutionData[];
	readonly bad: readonly INodeExecutionData[];
	/** What Domo was asked meanwhile. */
	readonly asked: Asked;
	readonly ms: number;
}

/** Runs the node once, in an engine that has it installed. */
export async function execute(domo: DomoDouble, engine: Engine, wish: Wish): Promise<Outcome> {
	const { parameters, items = [{}], onError, signal, onProgress } = wish;
	const before = domo.requests.length;
	const startedAt = performance.now();
	const done = await engine.runWorkflow({
		workflow: writebackWorkflow(parameters, items, onError),
		...(signal && { signal }),
		...(onProgress && { onProgress }),
	});
	const ms = performance.now() - startedAt;
	// What a stopped execution had sent may arrive after its end; one more request, which the double does not count, comes later still.
	await fetch(`${domo.url}/sandbox/requests`, { method: 'HEAD' });
	return {
		run: done,
		good: done.outputs[NODE_NAME]?.[0] ?? [],
		bad: done.outputs[NODE_NAME]?.[1] ?? [],
		asked: asked(domo.requests.slice(before)),
		ms,
	};
}

/** A DataSet as the parameter holds it that was typed By ID. */
export function byId(value: string): IDataObject {
	return { __rl: true, mode: 'id', value };
}
