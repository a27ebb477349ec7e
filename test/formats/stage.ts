import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { SandboxDataSet } from '../../sandbox/domo/domo';
import { LETTERS, nasty } from '../../sandbox/domo/edgeCases';
import type { Engine } from '../../sandbox/engine/engine';
import { type Bench, byId, type Outcome, startBench } from '../nodes/DomoWriteback/bench';
import { type Keyring, openKeyring } from './readers/gpg';
import { parametersOf, type Settings } from './settings';
import type { Spot } from './spot';

/** Everything that a suite of formats works with. */
export interface Stage {
	readonly bench: Bench;
	readonly keyring: Keyring;
	/** For what a reader needs as a file. */
	readonly folder: string;
	/** An n8n that has just started; its SAS may set tags. */
	engine(): Engine;
	/** Writes a DataSet as the settings say; a failure is not tried again. */
	write(wish: Write): Promise<Outcome>;
	close(): Promise<void>;
}

export interface Write {
	readonly dataSet: Pick<SandboxDataSet, 'id'>;
	readonly settings: Settings;
	readonly spot: Pick<Spot, 'parameters' | 'took'>;
	/** One that has run before; a new one when absent. */
	readonly engine?: Engine;
	/** Parameters beside what the settings hold. */
	readonly more?: IDataObject;
}

/** The DataSets that `dataFor` chooses among, and others. */
export async function startStage(others: readonly SandboxDataSet[] = []): Promise<Stage> {
	const chosen = Object.keys(LETTERS).flatMap((letters) => [nasty({ letters }), nasty({ letters, heavy: true })]);
	const [bench, keyring, folder] = await Promise.all([
		startBench([...chosen.map(({ dataSet }) => dataSet), ...others]),
		openKeyring(),
		mkdtemp(join(tmpdir(), 'formats-')),
	]);
	const engine = (): Engine => {
		const sasToken = bench.azure.accountSas({ permissions: 'rwdlact', resourceTypes: 'sco' });
		return bench.engine({ azureBlobSasApi: { sasToken } });
	};
	return {
		bench,
		keyring,
		folder,
		engine,
		write: async ({ dataSet, settings, spot, more, ...wish }) => {
			const place = spot.parameters(settings.names.folder ?? '');
			const typed = parametersOf(settings, keyring.publicKeys);
			const parameters = { ...place, dataSet: byId(dataSet.id), transfer: { maxTries: 1 }, ...typed, ...more };
			const outcome = await bench.run({ parameters, engine: wish.engine ?? engine() });
			spot.took?.(outcome);
			return outcome;
		},
		close: async () => {
			await Promise.all([bench.close(), keyring.close(), rm(folder, { recursive: true, force: true })]);
		},
	};
}

/** One for all tests of a file, with these DataSets beside its own; ask for it inside a test. */
export function aStage(others: readonly SandboxDataSet[] = []): () => Stage {
	let stage: Stage | undefined;
	beforeAll(async () => {
		stage = await startStage(others);
	}, 180_000);
	afterAll(async () => await stage?.close());
	return () => {
		if (stage === undefined) throw new Error('Only a test has a stage');
		return stage;
	};
}
