import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { AzureBlobSasApi } from '../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../credentials/SftpWritebackApi.credentials';
import { DomoWriteback } from '../../nodes/DomoWriteback/DomoWriteback.node';
import type { SandboxDataSet } from '../../sandbox/domo/domo';
import { type Engine, openEngine, type Run, type RunOptions } from '../../sandbox/engine/engine';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox';
import { type Asked, asked } from './asked';
import { type Kind, type Place, openPlace } from './places';
import { NODE_NAME, NODE_TYPE, writebackWorkflow } from './workflow';

/** Fields of a credential that differ from what a user of the sandbox would type. */
export type Typed = Readonly<Record<string, ICredentialDataDecryptedObject>>;

export interface Wish extends Pick<RunOptions, 'signal' | 'onProgress'> {
	readonly parameters: IDataObject;
	/** The `json` of each input item; one without anything when absent. */
	readonly items?: readonly IDataObject[];
	readonly onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** One of an earlier run, with its token; a new one when absent. */
	readonly engine?: Engine;
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

/** The real node in n8n's own engine, between Domo's double and real servers. */
export interface Bench extends Pick<Sandbox, 'domo' | 'sftp' | 'azure'> {
	/** An engine with the node installed and every credential saved; it has no token yet. */
	engine(typed?: Typed): Engine;
	/** A folder or container that nobody else uses; the folder is not there yet. */
	place(kind: Kind): Promise<Place>;
	run(wish: Wish): Promise<Outcome>;
	close(): Promise<void>;
}

const installed = {
	nodeTypes: { [NODE_TYPE]: DomoWriteback },
	credentialTypes: [DomoClientApi, SftpWritebackApi, AzureBlobSasApi],
};

export async function startBench(dataSets: readonly SandboxDataSet[]): Promise<Bench> {
	const sandbox = await startSandbox(dataSets);
	const { domo, sftp, azure } = sandbox;
	const engine = (typed: Typed = {}): Engine => {
		const saved = sandbox.credentials.map(({ type, data }) => [type, { ...data, ...typed[type] }]);
		return openEngine(installed, Object.fromEntries(saved));
	};
	return {
		domo,
		sftp,
		azure,
		engine,
		place: async (kind) => await openPlace(kind, { sftp, azure }),
		run: async (wish) => await run(sandbox, wish.engine ?? engine(), wish),
		close: async () => await sandbox.close(),
	};
}

async function run({ domo }: Sandbox, engine: Engine, wish: Wish): Promise<Outcome> {
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

/** The receipt of a run that wrote one DataSet; throws the error of one that did not. */
export function receiptOf({ run: { error }, good }: Outcome): IDataObject {
	if (error !== undefined) throw error;
	const [item] = good;
	if (item === undefined || good.length > 1) throw new Error(`One receipt was expected, not ${good.length}`);
	return item.json;
}
