import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { askDomoPaced } from '../shared/domoRequest';
import { egressOf } from '../shared/egressFilter';
import { nodeError } from '../shared/nodeError';
import { type Places, placesOf } from './destinationCache';
import { earlierRunsOf } from './earlierRuns';
import { addHints } from './executionHints';
import { makeFindable } from './executionMetadata';
import { readItem, readItemsAtOnce } from './parameters/readItemParameters';
import { progressOf } from './progressReporter';
import { destinationOpener } from '../../core/destinations/openDestination';
import type { DataSet } from '../../core/domo/dataSet';
import type { DomoRequest } from '../../core/domo/request';
import { disagreement } from '../../core/names/contentByExtension';
import { WritebackError } from '../../core/support/errors';
import { inOrder } from '../../core/support/mapConcurrently';
import { type Redactor, redactorOf } from '../../core/support/redact/redactor';
import { type ItemsAtOnce, type Turns, turns } from '../../core/transfer/itemConcurrency';
import { claims, type ItemClaims } from '../../core/transfer/nameClaims';
import type { Receipt, Skipped } from '../../core/transfer/receipt';
import { redactReceipt } from '../../core/transfer/redactReceipt';
import { writeback } from '../../core/transfer/writeback';

/** What all items of one execution share. */
interface Execution {
	readonly n8n: IExecuteFunctions;
	readonly ask: () => Promise<DomoRequest>;
	readonly places: Places;
	readonly turns: Turns;
	readonly claims: (item: number) => ItemClaims;
	/** The user stopped the execution. */
	readonly canceled: AbortSignal;
	/** The user, or a failure of another item that ends the execution. */
	readonly signal: AbortSignal;
	/** Learns the secrets of each item when it is read, so that every message is cleared of all of them. */
	readonly redactor: Redactor;
	/** Of what was written or left as it was. */
	readonly receipts: Array<Receipt | Skipped>;
	/** Names that promise another content than their files have. */
	readonly disagreements: string[];
}

/** Runs every input item, several at once, and resolves to their receipts in order; they share one token and one connection to each destination. */
export async function runItems(n8n: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const redactor = redactorOf();
	const open = destinationOpener(redactor);
	const places = placesOf(async (options) => await open(options, egressOf(n8n)));
	const failed = new AbortController();
	const canceled = n8n.getExecutionCancelSignal() ?? new AbortController().signal;
	const signal = AbortSignal.any([canceled, failed.signal]);
	const execution: Execution = {
		n8n,
		ask: once(async () => firstAlone(await askDomoPaced(n8n, redactor, signal))),
		places,
		turns: turns(itemsAtOnce(n8n)),
		claims: claims(earlierRunsOf(n8n)),
		canceled,
		signal,
		redactor,
		receipts: [],
		disagreements: [],
	};
	try {
		const items = await inOrder(n8n.getInputData().length, execution.turns.atOnce, async (item) => {
			return await runItem(execution, item).catch((fault: unknown) => {
				failed.abort();
				throw fault;
			});
		});
		addHints(n8n, execution, places.cautions());
		return items;
	} finally {
		await places.close();
	}
}

function itemsAtOnce(n8n: IExecuteFunctions): ItemsAtOnce {
	try {
		return readItemsAtOnce(n8n);
	} catch (fault) {
		throw nodeError(n8n.getNode(), fault, 0, redactorOf());
	}
}

async function runItem(execution: Execution, item: number): Promise<INodeExecutionData> {
	const { n8n, canceled, redactor } = execution;
	const pairedItem = { item };
	const claims = execution.claims(item);
	try {
		const receipt = await writeItem(execution, item, claims);
		execution.receipts.push(receipt);
		return { json: { ...receipt }, pairedItem };
	} catch (fault) {
		const error = nodeError(n8n.getNode(), fault, item, redactor);
		if (canceled.aborted || !n8n.continueOnFail()) throw error;
		const reason = fault instanceof WritebackError ? fault.reason : 'unknown';
		// Only these keys, and no `error` beside `json`: n8n would keep nothing but the message.
		return { json: { error: error.message, details: { reason, hint: error.description ?? '' } }, pairedItem };
	} finally {
		claims.end();
	}
}

async function writeItem(execution: Execution, item: number, claims: ItemClaims): Promise<Receipt | Skipped> {
	const { n8n, ask, places, turns, signal, redactor } = execution;
	const settings = await readItem(n8n, item);
	redactor.add(settings.secrets);
	makeFindable(n8n, settings.request.dataSetId);
	const { onWritten, ...progress } = progressOf(n8n, item, redactor.finished);
	const askDomo = await ask();
	const { destination, leave } = await places.enter(settings.destination);
	const admit = async (dataSet: DataSet) => await turns.admit(dataSet, signal);
	const around = { askDomo, destination, signal, claims, admit, ...progress };
	const receipt = redactReceipt(await writeback(settings.request, around).finally(leave), redactor);
	onWritten(receipt);
	const disagrees = 'bytes' in receipt ? disagreement(receipt.fileName, settings.request.format) : undefined;
	if (disagrees !== undefined) execution.disagreements.push(disagrees);
	return receipt;
}

/** Lets the first request go ahead alone: it fetches the token that all others then find. */
function firstAlone(ask: DomoRequest): DomoRequest {
	let first: Promise<unknown> | undefined;
	return async (query) => {
		if (first === undefined) {
			const answer = ask(query);
			first = answer.catch(() => undefined);
			return await answer;
		}
		await first;
		return await ask(query);
	};
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => await (made ??= make());
}
