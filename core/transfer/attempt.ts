import type { Target } from '../destinations/destination';
import { describeDataSet } from '../domo/dataSet';
import { openFormatter } from '../format/formatter';
import { checkPartsOf } from '../format/partLimit';
import { unlessStopped } from '../support/abort';
import { retold, WritebackError } from '../support/errors';
import { claimTargets } from './claimTargets';
import { decide } from './existingTarget';
import type { PublishingPlan } from './publishingOptions';
import { type Receipt, receiptOf, type Skipped, skippedOf, type Told } from './receipt';
import { carry, type Found, type Run } from './stageAndPublish';
import { type Targets, targetsOf } from './targets';
import { checkNames } from './validateTargets';
import type { Surroundings, WritebackRequest } from './writebackRequest';

/** One try of a writeback, from asking about the DataSet to the receipt. Rejects, with the target as it was. */
export async function attempt(request: WritebackRequest, around: Surroundings, run: Run): Promise<Receipt | Skipped> {
	const { askDomo, destination, signal, admit, claims } = around;
	const { names, publishing } = request;
	const over = new AbortController();
	let leave: (() => void) | undefined;
	try {
		const dataSet = await unlessStopped(describeDataSet(askDomo, request.dataSetId), signal);
		const told: Told = { dataSet, destination: request.kind, startedAt: run.startedAt };
		const formatter = await openFormatter(request.format, dataSet.schema);
		const numbered = (number: number) => targetsOf(names, dataSet, circumstances(number));
		const circumstances = (number: number) => {
			return { publishing, contentType: formatter.contentType, now: run.startedAt, number };
		};
		checkNames(request, numbered);
		checkPartsOf(request.format.rows, dataSet.rows);
		const found = { ...run.found, parts: partsToLookFor(request, dataSet.rows, run.found) };
		const claim = async (targets: Targets) => await claimTargets(request, around, targets);
		const earlier = (target: Target) => claims?.earlier(destination.identify(target), dataSet.id);
		const wish = { destination, dataSet, publishing, choice: names.choice, numbered, claim, earlier, found, signal };
		const { targets, skip, note } = await decide(wish);
		claims?.pass();
		if (skip !== undefined) return skippedOf(told, destination, targets.file(1), skip);
		leave = await admit?.(dataSet);
		const ended = AbortSignal.any([signal, over.signal]);
		const current = { request, around, ended, dataSet, formatter, targets, run };
		const published = await unlessTaken(publishing.ifExists, targets.number, run.found, carry(current));
		if (published === undefined) return skippedOf(told, destination, targets.file(1), 'exists');
		claims?.written(dataSet.id);
		const notes = [...(note === undefined ? [] : [note]), ...published.notes];
		return receiptOf(told, { ...published, notes, tries: run.tries });
	} finally {
		over.abort();
		// Others do not wait for what a later try may come to.
		claims?.pass();
		leave?.();
	}
}

/** Looking for more parts than this takes longer than it is worth. */
const MOST_PARTS_LOOKED_FOR = 1000;

const FEWEST_PARTS_LOOKED_FOR = 8;

/** As many parts as the DataSet will make; where that cannot be told, some more than earlier tries have made. */
function partsToLookFor({ names, format }: WritebackRequest, rows: number | undefined, { parts }: Found): number {
	if (!names.parts) return 1;
	const { rowsPerPart, bytesPerPart } = format.rows ?? {};
	const isTold = rowsPerPart !== undefined && bytesPerPart === undefined && rows !== undefined;
	const expected = isTold ? Math.ceil(rows / rowsPerPart) : Math.max(FEWEST_PARTS_LOOKED_FOR, 2 * parts);
	return Math.min(MOST_PARTS_LOOKED_FOR, Math.max(parts, expected));
}

/** A file that appeared meanwhile has the name: undefined where that is to be skipped, worth another try where the next number may be free. */
async function unlessTaken<T>(
	ifExists: PublishingPlan['ifExists'],
	number: number,
	found: Found,
	work: Promise<T>,
): Promise<T | undefined> {
	try {
		return await work;
	} catch (fault) {
		if (!(fault instanceof WritebackError) || fault.reason !== 'targetExists') throw fault;
		if (ifExists === 'skip') return undefined;
		found.taken.add(number);
		throw retold(fault, { retryable: ifExists === 'addNumber' });
	}
}
