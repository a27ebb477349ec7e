import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { type DomoDouble, startDomo } from '../../sandbox/domo/domo';
import { type Engine, type Installed, openEngine } from '../../sandbox/engine/engine';
import { byId, execute } from '../nodes/DomoWriteback/execution';
import { type Item, type Stage, type Witnessed, witness } from './aftermath';
import { sourceOf } from './dataSets';
import { domoFault } from './domoFault';
import type { Draw } from './draw';
import { azurePlace } from './places/azure';
import type { Place, Servers } from './places/place';
import { sftpPlace } from './places/sftp';
import { watch } from './watch';

/** Every execution ends before: most of it is waiting between tries for a server that never answers. */
export const BOUND_MS = 180_000;

/** What all executions of a soak share. */
export interface Surroundings {
	readonly seed: number;
	readonly installed: Installed;
	readonly servers: Servers;
}

/** An execution whose node has ended, while what it leaves is still looked at. */
export interface Ended {
	readonly aftermath: Promise<Witnessed>;
}

/** Runs the node once as drawn. Resolves when the node has ended, or should have. */
export async function suffer(drawn: Draw, number: number, around: Surroundings): Promise<Ended> {
	const items = await itemsOf(drawn, `soak-${around.seed}-${number}`);
	const domo = await startDomo({ dataSets: items.map(({ dataSet }) => dataSet) });
	const bytes = items.reduce((sum, { whole }) => sum + whole.bytes, 0);
	const name = `soak-${number}`;
	const open = drawn.place === 'azureBlob' ? azurePlace : sftpPlace;
	const place = await open(drawn, bytes, name, around.servers);
	for (const { old, fileName } of items) if (old !== undefined) await place.put(fileName, old);
	const fault = drawn.domo && domoFault(drawn.domo, items);
	if (fault !== undefined) domo.fault(fault.id, fault.what, fault.times);
	const stage: Stage = { number, drawn, items, domo, place, fault, engine: engineOf(around, domo, place) };
	const watching = watch(
		place,
		items.map(({ fileName }) => fileName),
	);
	const { outcome, wasStopped } = await run(stage);
	return { aftermath: witness(stage, watching, outcome, wasStopped) };
}

async function itemsOf({ items, collision }: Draw, name: string): Promise<Item[]> {
	const rivalOf = (index: number) => (collision === 'target' && index === items.length - 1 ? 0 : undefined);
	const make = async (item: Draw['items'][number], index: number): Promise<Item> => ({
		...(await sourceOf(item, `${name}-${index}`, items.length === 1)),
		fileName: fileNameOf(items, rivalOf(index) ?? index),
		rival: rivalOf(index),
		old: item.old ? `What was there before ${name}-${index}` : undefined,
	});
	return await Promise.all(items.map(make));
}

function fileNameOf(items: Draw['items'], index: number): string {
	return `${items[index]?.name ?? ''} ${index}.csv`;
}

/** What the Publishing pane is filled in with. */
function publishingOf({ collision, ifExists }: Draw): IDataObject {
	const doneFile = { doneFile: 'empty', doneFileName: '={{ $json.fileName }}' };
	return { ifExists, ...(collision === 'doneFile' && doneFile) };
}

function engineOf({ installed, servers }: Surroundings, domo: DomoDouble, { typed }: Place): Engine {
	const { clientId, clientSecret, url: apiHost } = domo;
	const { accountName, blobEndpoint } = servers.azure;
	const azure = { accountName, blobEndpoint, sasToken: servers.azure.accountSas() };
	return openEngine(installed, {
		domoClientApi: { clientId, clientSecret, apiHost },
		sftpWritebackApi: { ...typed.sftpWritebackApi },
		azureBlobSasApi: { ...azure, ...typed.azureBlobSasApi },
	});
}

async function run({ drawn, items, domo, place, engine }: Stage) {
	const stop = new AbortController();
	const { goesOn, stopAfterMs, idleTimeout, transfer } = drawn;
	const stopping = stopAfterMs === undefined ? undefined : setTimeout(() => stop.abort(), stopAfterMs);
	const late = new AbortController();
	const running = execute(domo, engine, {
		parameters: {
			...place.parameters,
			dataSet: byId('={{ $json.dataSetId }}'),
			selectFilename: 'filename',
			filename: '={{ $json.fileName }}',
			transfer: { ...transfer, idleTimeout },
			publishing: publishingOf(drawn),
		},
		items: items.map(({ dataSet, fileName }) => ({ dataSetId: dataSet.id, fileName })),
		...(goesOn && { onError: 'continueRegularOutput' }),
		signal: stop.signal,
	});
	running.catch(() => undefined);
	const outcome = await Promise.race([running, sleep(BOUND_MS, undefined, { signal: late.signal })]);
	late.abort();
	clearTimeout(stopping);
	const wasStopped = stop.signal.aborted;
	if (outcome === undefined) stop.abort();
	return { outcome, wasStopped };
}
