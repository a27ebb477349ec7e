import { setTimeout as sleep } from 'node:timers/promises';
import { type DomoDouble, startDomo } from '../../sandbox/domo/domo';
import { type Engine, type Installed, openEngine } from '../../sandbox/engine/engine';
import { byId, execute, type Outcome } from '../writeback/execution';
import { shownOf } from '../writeback/secrets';
import { type Source, sourceOf } from './dataSets';
import { type DomoFault, domoFault, timesMet } from './domoFault';
import type { Draw } from './draw';
import { azurePlace } from './places/azure';
import type { Place, Servers } from './places/place';
import { sftpPlace } from './places/sftp';
import { contentOf, type Watch, watch } from './watch';

/** Every execution ends before: most of it is waiting between tries for a server that never answers. */
export const BOUND_MS = 180_000;

/** How long connections may stay open after the node has ended: HTTP keeps them for some seconds. */
const CONNECTIONS_END_MS = 20_000;

/** What all executions of a soak share. */
export interface Surroundings {
	readonly seed: number;
	readonly installed: Installed;
	readonly servers: Servers;
}

/** One item's wish, and what stood under its name before. */
export interface Item extends Source {
	readonly fileName: string;
	readonly old: string | undefined;
}

/** All that is known about an execution that is over. */
export interface Witnessed {
	readonly number: number;
	readonly drawn: Draw;
	readonly items: readonly Item[];
	/** Undefined when the node did not end in time. */
	readonly outcome: Outcome | undefined;
	readonly domoFault: DomoFault | undefined;
	readonly faultsMet: number;
	readonly wasStopped: boolean;
	readonly replacesAtOnce: boolean;
	/** By file name: what readers met, the last one last. */
	readonly met: ReadonlyMap<string, readonly string[]>;
	/** Contents of what is there beside the targets. */
	readonly left: ReadonlyMap<string, string>;
	/** Connections that stayed open. */
	readonly connections: number;
	readonly secrets: readonly string[];
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

interface Stage {
	readonly number: number;
	readonly drawn: Draw;
	readonly items: readonly Item[];
	readonly domo: DomoDouble;
	readonly place: Place;
	readonly fault: DomoFault | undefined;
	readonly engine: Engine;
}

async function itemsOf({ items }: Draw, name: string): Promise<Item[]> {
	const make = async (item: Draw['items'][number], index: number): Promise<Item> => ({
		...(await sourceOf(item, `${name}-${index}`, items.length === 1)),
		fileName: `${item.name} ${index}.csv`,
		old: item.old ? `What was there before ${name}-${index}` : undefined,
	});
	return await Promise.all(items.map(make));
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

/** Waits until nothing moves any more, and looks at what is there. */
async function witness(
	{ number, drawn, items, domo, place, fault, engine }: Stage,
	watching: Watch,
	outcome: Outcome | undefined,
	wasStopped: boolean,
): Promise<Witnessed> {
	const until = Date.now() + CONNECTIONS_END_MS;
	while (place.connections() > 0 && Date.now() < until) await sleep(50);
	const met = await watching.end();
	const left = new Map<string, string>();
	for (const name of await place.names()) if (!met.has(name)) left.set(name, await contentOf(place, name));
	const connections = place.connections();
	const faultsMet = place.faults() + (fault === undefined ? 0 : timesMet(domo, fault));
	const secrets = outcome === undefined ? [] : shownOf(outcome, engine);
	await place.close();
	await domo.close();
	const { replacesAtOnce } = place;
	const seen = { met, left, connections, faultsMet, secrets, replacesAtOnce };
	return { number, drawn, items, outcome, domoFault: fault, wasStopped, ...seen };
}
