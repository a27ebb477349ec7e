import { CommitOutcomeUnknown, OpenFailedWithLeftover, type Target } from '../destinations/destination';
import { describeDataSet, type DataSet } from '../domo/dataSet';
import { openExport } from '../domo/export';
import { rowCounter } from '../format/csv/rowCounter';
import type { Formatter } from '../format/formatter';
import { checkPartNumber } from '../format/partLimit';
import { raceAbort } from '../support/abort';
import { AttemptFailed, type TargetKnowledge } from './attemptFailed';
import { manifest } from './manifest';
import { leftoverNotes } from './receipt';
import type { Targets } from './targets';
import { targetTakenError } from './targetTakenErrors';
import { createUploadSet, type UploadSet } from './uploadSet';
import type { RowVerdict } from './verify';
import { type ExportCounts, highestOf, verifyExport, withoutRows } from './verifyExport';
import type { TransferContext, WritebackRequest } from './writebackRequest';

/** What one attempt knows of the others. */
export interface AttemptState {
	readonly tries: number;
	readonly startedAt: Date;
	readonly found: TargetKnowledge;
}

/** What is known when a try begins to move bytes. */
export interface AttemptContext {
	readonly request: WritebackRequest;
	readonly context: TransferContext;
	/** Ends the export when the try ends, however it does. */
	readonly ended: AbortSignal;
	readonly dataSet: DataSet;
	readonly formatter: Formatter;
	readonly targets: Targets;
	readonly state: AttemptState;
}

/** Stores, verifies and publishes; drops a file without rows that is to be skipped. Rejects with `AttemptFailed`; what was stored is dropped then. */
export async function stageAndPublish(current: AttemptContext) {
	const { request, context, dataSet, targets, state } = current;
	const stored = createUploadSet(context.destination, context.signal);
	try {
		// Open the first upload before the export is asked for: a target that can't be written costs no export.
		await stored.reserve(targets.file(1));
		// Stream the export through the format into as many files as it makes, out of readers' sight.
		const counts = await store(current, stored);
		const { rows, selection } = counts;
		// Verify: rows written against rows read, and rows read against what Domo lists.
		const refetch = async () => await raceAbort(describeDataSet(context.domo, dataSet.id), context.signal);
		const verdict = await verifyExport(request, dataSet, counts, stored.written(rows), refetch);
		if (rows === 0 && request.publishing.ifNoRows === 'skip') {
			const notes = leftoverNotes(await stored.drop(), request.kind);
			return { withoutRows: withoutRows(counts, verdict, notes) };
		}
		// The done file is stored before anything is published, and published last.
		const doneFile = await storeDone(current, stored, rows, verdict);
		const [first, ...others] = stored.written(rows);
		if (first === undefined) throw new Error('Nothing was stored');
		const report = await stored.publish(isProven(verdict) && selection?.isCutShort !== true);
		const files = [first, ...others] as const;
		const chosen = selection && { rowsRead: selection.read, ...highestOf(selection) };
		return { files, rows, ...chosen, ...verdict, ...report, ...(doneFile && { doneFile }) };
	} catch (fault) {
		const unopened = fault instanceof OpenFailedWithLeftover ? [fault.leftover] : [];
		const leftovers = [...unopened, ...(await stored.drop())];
		const reported = stored.withDamagedTargets(fault);
		const parts = Math.max(state.found.parts, stored.parts());
		const mayHoldOwn = state.found.mayHoldOwn || reported instanceof CommitOutcomeUnknown;
		throw new AttemptFailed(reported, leftovers, { ...state.found, parts, mayHoldOwn });
	}
}

/** Whether all rows are there that Domo listed, where it listed them. */
function isProven({ note, rowsExpected }: RowVerdict): boolean {
	return note === undefined || rowsExpected === undefined;
}

/** Reads the export into as many files as it makes; resolves to what was counted in it. */
async function store(current: AttemptContext, stored: UploadSet): Promise<ExportCounts> {
	const { request, context, ended, dataSet, formatter, targets } = current;
	const opening = openExport(context.domo, request.dataSetId, request.idleMs, ended);
	const source = await raceAbort(opening, context.signal);
	const rowsExpected = dataSet.rows === undefined ? {} : { rowsExpected: dataSet.rows };
	const counter = rowCounter((counts) => context.onProgress?.({ ...counts, ...rowsExpected }));
	for await (const part of formatter.parts(counter.measure(source), { entry: targets.entry, asOf: targets.asOf })) {
		checkPartNumber(request.format.rows, part.number);
		const target = targets.file(part.number);
		if (part.number > 1) checkPart(current, target);
		await stored.store(part, target);
	}
	const selection = formatter.selection();
	const read = counter.counts().rows;
	const bareReturns = selection?.bareReturns ?? counter.bareReturns();
	return { rows: selection?.kept ?? read, read, bareReturns, selection };
}

/** Throws `targetTakenError` when another item has the name of this part, which nothing told before. */
function checkPart({ request, context: { claims, destination } }: AttemptContext, target: Target): void {
	const item = claims?.claimPart(destination.identify(target));
	if (item !== undefined) throw targetTakenError(request.names.choice, destination.describe(target), { item });
}

/** Stores the done file, when one is wished for; resolves to its address. */
async function storeDone(current: AttemptContext, stored: UploadSet, rows: number, verdict: RowVerdict) {
	const { request, context, dataSet, formatter, targets, state } = current;
	const { doneFile } = request.publishing;
	if (doneFile === 'none') return undefined;
	const verification = verdict.note === undefined ? 'verified' : 'unverified';
	const { columns } = formatter;
	const content =
		doneFile === 'empty'
			? Buffer.alloc(0)
			: manifest({ dataSet, columns, files: stored.written(rows), verification, startedAt: state.startedAt });
	const target = targets.done();
	await stored.storeLast(target, content);
	return context.destination.describe(target);
}
