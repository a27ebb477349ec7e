import type { IDataObject } from 'n8n-workflow';
import { AzureBlobSasApi } from '../../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../../credentials/SftpWritebackApi.credentials';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';
import type { SandboxDataSet } from '../../../sandbox/domo/domo';
import { type Engine, openEngine } from '../../../sandbox/engine/engine';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox';
import { byId, execute, type Outcome, type Typed, type Wish as Execution } from './execution';
import { type Kind, type Place, openPlace } from './places';
import { NODE_TYPE } from './workflow';

export { byId, type Outcome, type Typed };

export interface Wish extends Execution {
	/** One of an earlier run, with its token; a new one when absent. */
	readonly engine?: Engine;
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
		run: async (wish) => await execute(domo, wish.engine ?? engine(), wish),
		close: async () => await sandbox.close(),
	};
}

/** The receipt of a run that wrote one DataSet; throws the error of one that did not. */
export function receiptOf({ run: { error }, good }: Outcome): IDataObject {
	if (error !== undefined) throw error;
	const [item] = good;
	if (item === undefined || good.length > 1) throw new Error(`One receipt was expected, not ${good.length}`);
	return item.json;
}
