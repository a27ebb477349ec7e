import { CommitOutcomeUnknown, type Target } from '../destinations/destination';
import { describeDataSet } from '../domo/dataSet';
import { openFormatter } from '../format/formatter';
import { checkPartsOf, rowsToWrite } from '../format/partLimit';
import { selectionId } from '../format/rowFilter/selectionId';
import { anySignal, raceAbort } from '../support/abort';
import { withOptions, WritebackError } from '../support/errors';
import { AttemptFailed, type TargetKnowledge } from './attemptFailed';
import { claimTargets } from './claimTargets';
import { resolveTarget } from './existingTarget';
import type { PublishingOptions } from './publishingOptions';
import { upTo } from './itemConcurrency';
import { leftoverNotes, type Receipt, receiptOf, type Skipped, skippedOf, type ReceiptContext } from './receipt';
import { stageAndPublish, type AttemptState } from './stageAndPublish';
import { incompleteSetError } from './targetTakenErrors';
import { type Targets, targetsOf } from './targets';
import { validateTargets } from './validateTargets';
import type { TransferContext, WritebackRequest } from './writebackRequest';

/** One try of a writeback, from asking about the DataSet to the receipt. Rejects, with the target as it was; with `AttemptFailed` once it had begun to store. */
export async function attempt(
	request: WritebackRequest,
	context: TransferContext,
	state: AttemptState,
): Promise<Receipt | Skipped> {
	const { domo, destination, signal, acquireSlot, claims } = context;
	const { names, publishing } = request;
	const over = new AbortController();
	let leave: (() => void) | undefined;
	const ended = anySignal(signal, over.signal);
	try {
		// Connect meanwhile: both take several round trips.
		destination.connectAhead?.(ended);
		// Describe: name, schema, rows and times, which names and formats are made from.
		const dataSet = await raceAbort(describeDataSet(domo, request.dataSetId), signal);
		const receiptContext: ReceiptContext = { dataSet, destination: request.kind, startedAt: state.startedAt };
		const { filter, rows: { rowsPerPart = Infinity } = {} } = request.format;
		const limit = filter?.limit ?? Infinity;
		const selection = filter && selectionId(filter, state.startedAt);
		const formatter = await openFormatter(request.format, dataSet.schema, state.startedAt);
		const targetsFor = (number: number) => targetsOf(names, dataSet, targetContext(number));
		const targetContext = (number: number) => {
			const { contentType } = formatter;
			const mostRows = Math.min(limit, rowsPerPart);
			return { publishing, contentType, selection, now: state.startedAt, mostRows, number };
		};
		// Resolve the target: which names, whether another item has them, and whether the file is needed at all.
		validateTargets(request, targetsFor);
		const rows = rowsToWrite(filter, dataSet.rows);
		checkPartsOf(request.format.rows, rows);
		const found = { ...state.found, parts: partsToCheck(request, rows, state.found) };
		const claim = async (targets: Targets) => await claimTargets(request, context, targets);
		const earlier = (target: Target) => claims?.earlier(destination.identify(target), dataSet.id);
		const choices = {
			destination,
			dataSet,
			publishing,
			choice: names.choice,
			targetsFor,
			claim,
			earlier,
			found,
			signal,
		};
		const { targets, skip, note } = await resolveTarget(choices);
		claims?.pass();
		if (skip !== undefined) return skippedOf(receiptContext, destination, targets.file(1), skip);
		// Wait for a slot; large DataSets take more than one. With conditions, all of one may have to be read.
		leave = await acquireSlot?.(filter?.conditions.length === 0 ? upTo(dataSet, limit) : dataSet);
		// Stream, verify, commit.
		const current = { request, context, ended, dataSet, formatter, targets, state };
		const isThere = async () => (await destination.stat(targets.file(1), signal)) !== undefined;
		const published = await unlessTaken({ publishing, targets, isThere }, stageAndPublish(current));
		if ('leftovers' in published) {
			const skipped = skippedOf(receiptContext, destination, targets.file(1), 'exists');
			const notes = leftoverNotes(published.leftovers, request.kind);
			return notes.length > 0 ? { ...skipped, notes } : skipped;
		}
		if ('withoutRows' in published)
			return { ...skippedOf(receiptContext, destination, targets.file(1), 'noRows'), ...published.withoutRows };
		// The receipt.
		// No later run writes over what n8n keeps of this one.
		if (request.kind !== 'binary') claims?.written(dataSet.id);
		const notes = [...(note === undefined ? [] : [note]), ...published.notes];
		return receiptOf(receiptContext, { ...published, notes, tries: state.tries });
	} finally {
		over.abort();
		// Others do not wait for what a later try may come to.
		claims?.pass();
		leave?.();
	}
}

/** Looking for more parts than this takes longer than it is worth. */
const MAX_PARTS_CHECKED = 1000;

const MIN_PARTS_CHECKED = 8;

/** As many parts as the DataSet will make; if that isn't known, some more than earlier tries have made. */
function partsToCheck(
	{ names, format }: WritebackRequest,
	rows: number | undefined,
	{ parts }: TargetKnowledge,
): number {
	if (!names.parts) return 1;
	const { rowsPerPart, bytesPerPart } = format.rows ?? {};
	const isTold = rowsPerPart !== undefined && bytesPerPart === undefined && rows !== undefined;
	const expected = isTold ? Math.ceil(rows / rowsPerPart) : Math.max(MIN_PARTS_CHECKED, 2 * parts);
	return Math.min(MAX_PARTS_CHECKED, Math.max(parts, expected));
}

interface Publication {
	readonly publishing: PublishingOptions;
	readonly targets: Targets;
	/** Whether the first file has its name, which comes last: an incomplete set lacks it. */
	isThere(): Promise<boolean>;
}

/** A file that appeared meanwhile has the name: what is left of this try where that is to be skipped, worth another try where the next number may be free. */
async function unlessTaken<T>(
	{ publishing: { ifExists }, targets: { number }, isThere }: Publication,
	work: Promise<T>,
): Promise<T | Pick<AttemptFailed, 'leftovers'>> {
	try {
		return await work;
	} catch (failed) {
		if (!(failed instanceof AttemptFailed)) throw failed;
		const { fault, leftovers, found } = failed;
		// Files of this try have names already: another number or a skip would leave them where they are.
		if (fault instanceof CommitOutcomeUnknown) throw failed;
		if (!(fault instanceof WritebackError) || fault.reason !== 'targetExists') throw failed;
		if (ifExists === 'skip') {
			if (await isThere().catch(() => true)) return { leftovers };
			throw new AttemptFailed(incompleteSetError(fault), leftovers, found);
		}
		const next = withOptions(fault, { retryable: ifExists === 'addNumber' });
		throw new AttemptFailed(next, leftovers, { ...found, taken: [...found.taken, number] });
	}
}
