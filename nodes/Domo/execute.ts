import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { cancelled, invalidParameter } from '../../core/support/errors';
import { createRedactor } from '../../core/support/redact/redactor';
import { rateLimitedDomoRequest } from '../shared/domoRequest';
import { addHints, toHint } from '../shared/executionHint';
import { failedItem } from '../shared/failedItem';
import { nodeError } from '../shared/nodeError';
import { get } from './operations/get';
import { getMany } from './operations/getMany';
import { getRows } from './operations/getRows';
import { memoryLimit, type Operation, type OperationContext } from './operations/operation';
import { query } from './operations/query';

const OPERATIONS: Readonly<Record<string, Operation>> = { get, getMany, getRows, query };

/** How many sentences are shown above the output. */
const MOST_WARNINGS = 3;

/** Runs the operation for every input item, one after the other, and resolves to all output items, each paired with its input item. */
export async function executeItems(n8n: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const redactor = createRedactor();
	const signal = n8n.getExecutionCancelSignal() ?? new AbortController().signal;
	const warnings = new Set<string>();
	const shared = { n8n, signal, warn: (sentence: string) => void warnings.add(sentence) };
	const shareOfMemory = memoryLimit();
	const items: INodeExecutionData[] = [];
	let domo: OperationContext['domo'] | undefined;
	for (let item = 0; item < n8n.getInputData().length; item++) {
		const memory = shareOfMemory();
		try {
			domo ??= await rateLimitedDomoRequest(n8n, redactor, signal);
			const pairedItem = { item };
			for (const json of await runItem({ ...shared, domo, item, memory })) items.push({ json, pairedItem });
		} catch (fault) {
			memory.release();
			// A body that is being read breaks off when the execution is stopped.
			const error = nodeError(n8n.getNode(), signal.aborted ? cancelled() : fault, item, redactor);
			if (signal.aborted || !n8n.continueOnFail()) throw error;
			items.push(failedItem(fault, error, item));
		}
	}
	const shown = [...warnings].slice(0, MOST_WARNINGS);
	addHints(
		n8n,
		shown.map((text) => toHint('warning', redactor.finished(text))),
	);
	return items;
}

async function runItem(context: OperationContext): Promise<IDataObject[]> {
	const chosen = String(context.n8n.getNodeParameter('operation', context.item));
	const operation = Object.hasOwn(OPERATIONS, chosen) ? OPERATIONS[chosen] : undefined;
	if (operation !== undefined) return await operation(context);
	throw invalidParameter(
		'Operation',
		'there is no such operation',
		'Choose Get (get), Get Many (getMany), Get Rows (getRows) or Query (query).',
	);
}
