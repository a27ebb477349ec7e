import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { askDomo } from './askDomo';
import type { Destination } from './destinations/destination';
import { type DestinationOptions, openDestination } from './destinations/open';
import type { DomoRequest } from './domo/request';
import { WritebackError } from './errors';
import { nodeError } from './nodeError';
import { type ItemSettings, readItem } from './parameters';
import { progressOf } from './progress';
import type { Receipt } from './receipt';
import { writeback } from './writeback';

/** What all items of one execution share. */
interface Execution {
	readonly n8n: IExecuteFunctions;
	readonly ask: () => Promise<DomoRequest>;
	readonly reach: (options: DestinationOptions) => Promise<Destination>;
	readonly signal: AbortSignal;
	/** Grows while items are read, so that every message can be cleared of all of them. */
	readonly secrets: Set<string>;
}

/** Runs every input item; they share one token and one connection to each destination. */
export async function runItems(n8n: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const places = new Map<string, Promise<Destination>>();
	const execution: Execution = {
		n8n,
		ask: once(async () => await askDomo(n8n)),
		reach: async (options) => await shared(places, JSON.stringify(options), async () => await openDestination(options)),
		signal: n8n.getExecutionCancelSignal() ?? new AbortController().signal,
		secrets: new Set(),
	};
	try {
		const results: INodeExecutionData[] = [];
		for (const item of n8n.getInputData().keys()) results.push(await runItem(execution, item));
		return results;
	} finally {
		for (const place of places.values())
			await place.then(async (destination) => await destination.close()).catch(() => undefined);
	}
}

async function runItem(execution: Execution, item: number): Promise<INodeExecutionData> {
	const { n8n, signal, secrets } = execution;
	const pairedItem = { item };
	try {
		return { json: { ...(await writeItem(execution, item)) }, pairedItem };
	} catch (fault) {
		const error = nodeError(n8n.getNode(), fault, item, [...secrets]);
		if (signal.aborted || !n8n.continueOnFail()) throw error;
		const reason = fault instanceof WritebackError ? fault.reason : 'unknown';
		// Only these keys, and no `error` beside `json`: n8n would keep nothing but the message.
		return { json: { error: error.message, details: { reason, hint: error.description ?? '' } }, pairedItem };
	}
}

async function writeItem(execution: Execution, item: number): Promise<Receipt> {
	const { n8n, ask, reach, signal, secrets } = execution;
	const settings: ItemSettings = await readItem(n8n, item);
	for (const secret of settings.secrets) secrets.add(secret);
	const destination = await reach(settings.destination);
	const progress = progressOf(n8n, item);
	return await writeback(settings.request, { askDomo: await ask(), destination, signal, ...progress });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => await (made ??= make());
}

async function shared<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
	const made = known.get(key) ?? make();
	known.set(key, made);
	return await made;
}
