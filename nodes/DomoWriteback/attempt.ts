import type { Destination } from './destinations/destination';
import { type DataSet, describeDataSet } from './domo/dataSet';
import { openExport } from './domo/export';
import type { DomoRequest } from './domo/request';
import { WritebackError } from './errors';
import { manifest } from './doneFile';
import { decide } from './existing';
import type { FormatPlan } from './format/formatPlan';
import { type Formatter, openFormatter } from './format/formatter';
import { rowMeter } from './format/rowMeter';
import { type Names, type Targets, targetsOf } from './names/targets';
import type { PublishingPlan } from './publishingPlan';
import { receiptOf, skippedOf, type Receipt, type Skipped, type Told } from './receipt';
import { storedFiles, type StoredFiles } from './storedFiles';
import { checkRows, checkRowsWritten, type RowVerdict } from './verify';
import { inTurns, unlessStopped } from './waiting';

/** One item's wish, checked: nothing in it can be wrong any more but the world. */
export interface WritebackRequest {
	readonly dataSetId: string;
	readonly kind: Receipt['destination'];
	readonly names: Names;
	readonly format: FormatPlan;
	readonly publishing: PublishingPlan;
	/** How often the writeback is attempted at most. */
	readonly maxTries: number;
	/** How long either end may be silent while the other waits for it. */
	readonly idleMs: number;
}

export interface Progress {
	readonly bytes: number;
	readonly rows: number;
	/** Absent when Domo lists no count. */
	readonly rowsExpected?: number;
}

/** What a writeback works with. */
export interface Surroundings {
	readonly askDomo: DomoRequest;
	readonly destination: Destination;
	/** Ends everything at once; nothing is left behind. */
	readonly signal: AbortSignal;
	/** Waits for its turn among the items that run at once; the result is called when the try is over. */
	readonly admit?: (dataSet: DataSet) => Promise<() => void>;
	readonly onProgress?: (progress: Progress) => void;
	readonly onRetry?: (fault: WritebackError, waitMs: number) => void;
}

/** What is known when a try begins to move bytes. */
interface Try {
	readonly request: WritebackRequest;
	readonly around: Surroundings;
	/** Ends the export when the try ends, however it does. */
	readonly ended: AbortSignal;
	readonly dataSet: DataSet;
	readonly formatter: Formatter;
	readonly targets: Targets;
	readonly run: Run;
}

/** What one try is told about the others. */
export interface Run {
	readonly tries: number;
	readonly startedAt: Date;
	/** Gets the names of what could not be removed. */
	readonly left: Set<string>;
}

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
		const { targets, skip } = await decide(destination, dataSet, request.publishing, numbered, signal);
		if (skip !== undefined) return skippedOf(told, destination, targets.file(1), skip);
		const ended = AbortSignal.any([signal, over.signal]);
		const current = { request, around, ended, dataSet, formatter, targets, run };
		const published = await unlessTaken(request.publishing.ifExists, carry(current));
		if (published === undefined) return skippedOf(told, destination, targets.file(1), 'exists');
		return receiptOf(told, { ...published, tries: run.tries });
	} finally {
		over.abort();
		leave?.();
	}
}

/** Stores, verifies and publishes; or drops what was stored. */
async function carry(current: Try) {
	const { request, around, dataSet, targets } = current;
	const stored = storedFiles(around.destination, around.signal);
	try {
		await stored.reserve(targets.file(1));
		const rows = await store(current, stored);
		checkRowsWritten(rows, stored.written(rows));
		const again = async () => await unlessStopped(describeDataSet(around.askDomo, dataSet.id), around.signal);
		const verdict = await checkRows(dataSet, rows, request.publishing.rowCheck, again);
		const doneFile = await storeDone(current, stored, rows, verdict);
		const [first, ...others] = stored.written(rows);
		if (first === undefined) throw new Error('Nothing was stored');
		const { removed, notes } = await stored.publish();
		return { files: [first, ...others] as const, rows, ...verdict, removed, notes, ...(doneFile && { doneFile }) };
	} catch (fault) {
		for (const name of await stored.drop()) current.run.left.add(name);
		throw fault;
	}
}

/** Reads the export into as many files as it makes; resolves to its rows. */
async function store({ request, around, ended, dataSet, formatter, targets }: Try, stored: StoredFiles) {
	const opening = openExport(around.askDomo, request.dataSetId, request.idleMs, ended);
	const source = await unlessStopped(opening, around.signal);
	const meter = rowMeter();
	const rowsExpected = dataSet.rows === undefined ? {} : { rowsExpected: dataSet.rows };
	const reported = async function* () {
		for await (const chunk of inTurns(meter.through(source))) {
			around.onProgress?.({ ...meter.tally(), ...rowsExpected });
			yield chunk;
		}
	};
	for await (const part of formatter.parts(reported(), { entry: targets.entry, at: targets.at })) {
		await stored.store(part, targets.file(part.number));
	}
	return meter.tally().rows;
}

/** Stores the done file, when one is wished for; resolves to its address. */
async function storeDone(current: Try, stored: StoredFiles, rows: number, verdict: RowVerdict) {
	const { request, around, dataSet, formatter, targets, run } = current;
	const { doneFile } = request.publishing;
	if (doneFile === 'none') return undefined;
	const verification = verdict.note === undefined ? 'verified' : 'unverified';
	const { columns } = formatter;
	const content =
		doneFile === 'empty'
			? Buffer.alloc(0)
			: manifest({ dataSet, columns, files: stored.written(rows), verification, startedAt: run.startedAt });
	const target = targets.done();
	await stored.storeLast(target, content);
	return around.destination.describe(target);
}

/** Somebody else's file took the name meanwhile: undefined where that is to be skipped, worth another try where the next number is free. */
async function unlessTaken<T>(ifExists: PublishingPlan['ifExists'], work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (fault) {
		if (!(fault instanceof WritebackError) || fault.reason !== 'targetExists') throw fault;
		if (ifExists === 'skip') return undefined;
		const { reason, message, hint, cause } = fault;
		throw new WritebackError(reason, message, { hint, cause, retryable: ifExists === 'addNumber' });
	}
}
