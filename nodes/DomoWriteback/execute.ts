import { type IBinaryKeyData, type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import { rateLimitedDomoRequest } from '../shared/domoRequest';
import { egressPolicyOf } from '../shared/egressFilter';
import { failedItem } from '../shared/failedItem';
import { nodeError } from '../shared/nodeError';
import { memoryNote, toFields } from './binaryStore';
import { type DestinationCache, createDestinationCache } from './destinationCache';
import { earlierRunsOf } from './earlierRuns';
import { addExecutionHints } from './executionHints';
import { tagExecution } from './executionMetadata';
import { serializeFirst } from './serializeFirst';
import { readItemParameters, readItemConcurrency } from './parameters/readItemParameters';
import { createProgressReporter } from './progressReporter';
import { destinationOpener } from '../../core/destinations/openDestination';
import type { DataSet } from '../../core/domo/dataSet';
import type { DomoRequest } from '../../core/domo/request';
import { disagreement } from '../../core/names/contentByExtension';
import { anySignal } from '../../core/support/abort';
import { mapConcurrently } from '../../core/support/mapConcurrently';
import { type Redactor, createRedactor } from '../../core/support/redact/redactor';
import { type ItemConcurrency, type ItemLimiter, itemLimiter } from '../../core/transfer/itemConcurrency';
import { createNameClaims, type NameClaims } from '../../core/transfer/nameClaims';
import type { Receipt, Skipped } from '../../core/transfer/receipt';
import { redactReceipt } from '../../core/transfer/redactReceipt';
import { writeback } from '../../core/transfer/writeback';

/** What all items of one execution share. */
interface Execution {
	readonly n8n: IExecuteFunctions;
	readonly openDomo: () => Promise<DomoRequest>;
	readonly places: DestinationCache;
	readonly limiter: ItemLimiter;
	readonly claims: (item: number) => NameClaims;
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
	/** Why n8n holds whole files in memory. */
	readonly memoryNotes: Set<string>;
}

/** Runs every input item, several at once, and resolves to their receipts in order; they share one token and one connection to each destination. */
export async function executeItems(n8n: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const redactor = createRedactor();
	const open = destinationOpener(redactor);
	const destinations = createDestinationCache(async (options) => await open(options, egressPolicyOf(n8n)));
	const failed = new AbortController();
	const canceled = n8n.getExecutionCancelSignal() ?? new AbortController().signal;
	const signal = anySignal(canceled, failed.signal);
	const execution: Execution = {
		n8n,
		openDomo: memoize(async () => serializeFirst(await rateLimitedDomoRequest(n8n, redactor, signal))),
		places: destinations,
		limiter: itemLimiter(itemConcurrencyOf(n8n)),
		claims: createNameClaims(earlierRunsOf(n8n)),
		canceled,
		signal,
		redactor,
		receipts: [],
		disagreements: [],
		memoryNotes: new Set(),
	};
	try {
		const items = await mapConcurrently(n8n.getInputData().length, execution.limiter.maxConcurrent, async (item) => {
			return await runItem(execution, item).catch((fault: unknown) => {
				// n8n shows the first failure only, and this item may have published some of its files.
				if (failed.signal.aborted) logFailure(execution, item, fault);
				failed.abort();
				throw fault;
			});
		});
		addExecutionHints(n8n, execution, destinations.warnings());
		return items;
	} finally {
		await destinations.close();
	}
}

function logFailure({ n8n, canceled }: Execution, item: number, fault: unknown): void {
	const { message, description } = fault instanceof NodeOperationError ? fault : { message: String(fault) };
	const when = canceled.aborted ? '' : ', after another item failed';
	n8n.logger.warn(`Domo Writeback, item ${item}${when}: ${[message, description].filter(Boolean).join('. ')}`);
}

function itemConcurrencyOf(n8n: IExecuteFunctions): ItemConcurrency {
	try {
		return readItemConcurrency(n8n);
	} catch (fault) {
		throw nodeError(n8n.getNode(), fault, 0, createRedactor());
	}
}

async function runItem(execution: Execution, item: number): Promise<INodeExecutionData> {
	const { n8n, canceled, redactor } = execution;
	const pairedItem = { item };
	const claims = execution.claims(item);
	try {
		const { receipt, binary } = await writeItem(execution, item, claims);
		execution.receipts.push(receipt);
		return { json: { ...receipt }, ...(binary && { binary }), pairedItem };
	} catch (fault) {
		const error = nodeError(n8n.getNode(), fault, item, redactor);
		if (canceled.aborted || !n8n.continueOnFail()) throw error;
		return failedItem(fault, error, item);
	} finally {
		claims.end();
	}
}

/** The receipt, and the files that go to the next node. */
interface Written {
	readonly receipt: Receipt | Skipped;
	readonly binary?: IBinaryKeyData;
}

async function writeItem(execution: Execution, item: number, claims: NameClaims): Promise<Written> {
	const { n8n, openDomo, places, limiter, signal, redactor } = execution;
	const settings = await readItemParameters(n8n, item);
	redactor.add(settings.secrets);
	tagExecution(n8n, settings.request.dataSetId);
	const { onWritten, ...progress } = createProgressReporter(n8n, item, redactor.finished);
	const askDomo = await openDomo();
	const { destination, leave } = await places.enter(settings.destination);
	const admit = async (dataSet: DataSet) => await limiter.acquireSlot(dataSet, signal);
	const around = { domo: askDomo, destination, signal, claims, acquireSlot: admit, ...progress };
	const receipt = redactReceipt(await writeback(settings.request, around).finally(leave), redactor);
	onWritten(receipt);
	const disagrees = 'bytes' in receipt ? disagreement(receipt.fileName, settings.request.format) : undefined;
	if (disagrees !== undefined) execution.disagreements.push(disagrees);
	const files = settings.handedOn?.() ?? [];
	for (const note of files.map(memoryNote)) if (note !== undefined) execution.memoryNotes.add(note);
	return { receipt, ...(files.length > 0 && { binary: toFields(files) }) };
}

function memoize<T>(make: () => Promise<T>): () => Promise<T> {
	let value: Promise<T> | undefined;
	return async () => await (value ??= make());
}
