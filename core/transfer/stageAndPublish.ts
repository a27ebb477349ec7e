import type { Target } from '../destinations/destination';
import { describeDataSet, type DataSet } from '../domo/dataSet';
import { openExport } from '../domo/export';
import { rowMeter } from '../format/csv/rowCounter';
import type { Formatter } from '../format/formatter';
import { checkPartNumber } from '../format/partLimit';
import { unlessStopped } from '../support/abort';
import { inTurns } from '../support/eventLoop';
import { manifest } from './manifest';
import type { Targets } from './targets';
import { targetTaken } from './targetTakenErrors';
import { storedFiles, type StoredFiles } from './uploadSet';
import { checkRows, checkRowsWritten, notingReturns, type RowVerdict } from './verify';
import type { Surroundings, WritebackRequest } from './writebackRequest';

/** What tries have learnt about the target. */
export interface Found {
	/** Numbers of If Exists that turned out to be taken. */
	readonly taken: Set<number>;
	/** The most parts that the DataSet has made. */
	parts: number;
}

/** What one try is told about the others. */
export interface Run {
	readonly tries: number;
	readonly startedAt: Date;
	/** Gets the names of what could not be removed. */
	readonly left: Set<string>;
	readonly found: Found;
}

/** What is known when a try begins to move bytes. */
export interface Try {
	readonly request: WritebackRequest;
	readonly around: Surroundings;
	/** Ends the export when the try ends, however it does. */
	readonly ended: AbortSignal;
	readonly dataSet: DataSet;
	readonly formatter: Formatter;
	readonly targets: Targets;
	readonly run: Run;
}

/** Stores, verifies and publishes; or drops what was stored. */
export async function carry(current: Try) {
	const { request, around, dataSet, targets } = current;
	const stored = storedFiles(around.destination, around.signal);
	try {
		await stored.reserve(targets.file(1));
		const { rows, bareReturns } = await store(current, stored);
		checkRowsWritten(rows, stored.written(rows));
		const again = async () => await unlessStopped(describeDataSet(around.askDomo, dataSet.id), around.signal);
		const checked = await checkRows(dataSet, rows, request.publishing.rowCheck, again);
		// Where cells are read and written, all of them are quoted.
		const verdict = request.format.rows === undefined ? notingReturns(checked, bareReturns) : checked;
		const doneFile = await storeDone(current, stored, rows, verdict);
		const [first, ...others] = stored.written(rows);
		if (first === undefined) throw new Error('Nothing was stored');
		const report = await stored.publish(isProven(verdict));
		return { files: [first, ...others] as const, rows, ...verdict, ...report, ...(doneFile && { doneFile }) };
	} catch (fault) {
		for (const name of await stored.drop()) current.run.left.add(name);
		throw stored.spoiling(fault);
	}
}

/** Whether all rows are there that Domo listed, where it listed them. */
function isProven({ note, rowsExpected }: RowVerdict): boolean {
	return note === undefined || rowsExpected === undefined;
}

/** Reads the export into as many files as it makes; resolves to what was counted in it. */
async function store(current: Try, stored: StoredFiles) {
	const { request, around, ended, dataSet, formatter, targets, run } = current;
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
		run.found.parts = Math.max(run.found.parts, part.number);
		checkPartNumber(request.format.rows, part.number);
		const target = targets.file(part.number);
		if (part.number > 1) checkPart(current, target);
		await stored.store(part, target);
	}
	return { rows: meter.tally().rows, bareReturns: meter.bareReturns() };
}

/** Throws `targetTaken` when another item has the name of this part, which nothing told before. */
function checkPart({ request, around: { claims, destination } }: Try, target: Target): void {
	const item = claims?.claimPart(destination.identify(target));
	if (item !== undefined) throw targetTaken(request.names.choice, destination.describe(target), { item });
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
