import { carry, type Run } from './carry';
import { describeDataSet } from './domo/dataSet';
import { retold, WritebackError } from './errors';
import { decide } from './existing';
import { openFormatter } from './format/formatter';
import { targetsOf } from './names/targets';
import type { PublishingPlan } from './publishingPlan';
import { type Receipt, receiptOf, type Skipped, skippedOf, type Told } from './receipt';
import type { Surroundings, WritebackRequest } from './request';
import { unlessStopped } from './waiting';

/** One try of a writeback, from asking about the DataSet to the receipt. Rejects, with the target as it was. */
export async function attempt(request: WritebackRequest, around: Surroundings, run: Run): Promise<Receipt | Skipped> {
	const { askDomo, destination, signal, admit } = around;
	const over = new AbortController();
	let leave: (() => void) | undefined;
	try {
		const dataSet = await unlessStopped(describeDataSet(askDomo, request.dataSetId), signal);
		leave = await admit?.(dataSet);
		const told: Told = { dataSet, destination: request.kind, startedAt: run.startedAt };
		const formatter = await openFormatter(request.format, dataSet.schema);
		const numbered = (number: number) => targetsOf(request.names, dataSet, circumstances(number));
		const circumstances = (number: number) => {
			return { publishing: request.publishing, contentType: formatter.contentType, now: run.startedAt, number };
		};
		const { targets, skip, note } = await decide(destination, request.publishing, numbered, signal);
		if (skip !== undefined) return skippedOf(told, destination, targets.file(1), skip);
		const ended = AbortSignal.any([signal, over.signal]);
		const current = { request, around, ended, dataSet, formatter, targets, run };
		const published = await unlessTaken(request.publishing.ifExists, carry(current));
		if (published === undefined) return skippedOf(told, destination, targets.file(1), 'exists');
		const notes = [...(note === undefined ? [] : [note]), ...published.notes];
		return receiptOf(told, { ...published, notes, tries: run.tries });
	} finally {
		over.abort();
		leave?.();
	}
}

/** Somebody else's file took the name meanwhile: undefined where that is to be skipped, worth another try where the next number is free. */
async function unlessTaken<T>(ifExists: PublishingPlan['ifExists'], work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (fault) {
		if (!(fault instanceof WritebackError) || fault.reason !== 'targetExists') throw fault;
		if (ifExists === 'skip') return undefined;
		throw retold(fault, { retryable: ifExists === 'addNumber' });
	}
}
