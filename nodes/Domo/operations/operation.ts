import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { DomoRequest } from '../../../core/domo/request';
import type { TypedValue } from '../../../core/format/typedValue';
import { invalidParameter, WritebackError } from '../../../core/support/errors';
import { backoff, retry, wait } from '../../../core/support/retry';
import { locatorText, readDataSetId } from '../../shared/dataSetLocator';
import { readFlag, readWhole } from '../../shared/parameterValues';

/** One input item, and what all of an execution share. */
export interface OperationContext {
	readonly n8n: IExecuteFunctions;
	readonly item: number;
	readonly domo: DomoRequest;
	/** The user stopped the execution. */
	readonly signal: AbortSignal;
	readonly memory: MemoryShare;
	/** Tells the user, above the output, what else is worth knowing. */
	readonly warn: (sentence: string) => void;
}

/** Resolves to the `json` of the output items of one input item. Rejects with `setting` for a parameter that cannot work, before Domo is asked. */
export type Operation = (context: OperationContext) => Promise<IDataObject[]>;

/** Values as Domo sends them, and what items need beside these. */
const MOST_MEBIBYTES = 128;

/** What an item needs beside its values, and each of its fields; as V8 holds them, roughly. */
const ITEM_BYTES = 64;
const FIELD_BYTES = 16;

/** What an item of so many fields takes beside its values. */
export function itemBytes(fields: number): number {
	return ITEM_BYTES + FIELD_BYTES * fields;
}

/** What the items of one input item take of the memory of an execution. */
export interface MemoryShare {
	/** False when all items together take more than the limit. */
	take(bytes: number): boolean;
	/** Gives all of it back: of an input item that failed, none remain. */
	release(): void;
}

/** How much the items of one execution may take: each call returns the share of one input item. */
export function memoryLimit(): () => MemoryShare {
	const mostBytes = MOST_MEBIBYTES * 1024 * 1024;
	let taken = 0;
	return () => {
		let own = 0;
		return {
			take: (bytes) => {
				own += bytes;
				taken += bytes;
				return taken <= mostBytes;
			},
			release: () => {
				taken -= own;
				own = 0;
			},
		};
	};
}

/** How often a request is sent at most. */
const MOST_TRIES = 3;

const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 60_000;

/**
 * Settles as `work` does, which asks Domo for a list or about a DataSet: where Domo is away for the moment, it is asked up to three times, after
 * the wait that it asks for, if that is no more than a minute. Not for exports, which start from the first row, nor for queries, which Domo counts.
 */
export async function repeated<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
	return await retry(work, async (fault, tries) => {
		if (!(fault instanceof WritebackError) || !fault.retryable || tries >= MOST_TRIES) throw fault;
		if (fault.retryAfterMs > MOST_WAIT_MS) throw fault;
		await wait(Math.max(fault.retryAfterMs, backoff(tries, FIRST_WAIT_MS, MOST_WAIT_MS)), signal);
	});
}

/** The items would take more than the limit; `label` is the field that can ask for less. */
export function tooMuch(label: string): WritebackError {
	return invalidParameter(
		label,
		`the rows take more than ${MOST_MEBIBYTES} MiB, the maximum that this node returns as items`,
		'Ask for fewer rows. To copy a DataSet of any size, use Domo Writeback.',
	);
}

export function readId({ n8n, item }: OperationContext): string {
	return readDataSetId(locatorText(n8n.getNodeParameter('dataSet', item, '')));
}

/** Most results of one input item; Infinity for all. */
export function readLimit({ n8n, item }: OperationContext): number {
	if (readFlag(n8n.getNodeParameter('returnAll', item, false), 'Return All')) return Number.POSITIVE_INFINITY;
	const range = { least: 1, most: Number.MAX_SAFE_INTEGER, example: 50, pane: 'Parameters' };
	return readWhole(n8n.getNodeParameter('limit', item, 50), 'Limit', range);
}

/** The `json` of a row: a field for each column, in order. */
export function rowJson(names: readonly string[], values: ReadonlyArray<TypedValue | boolean>): IDataObject {
	// `__proto__` is a name like any other.
	return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

/** The first name that two columns have, of which an item would hold only one; undefined when all differ. */
export function twiceIn(names: readonly string[]): string | undefined {
	const seen = new Set<string>();
	return names.find((name) => seen.has(name) || !seen.add(name));
}
