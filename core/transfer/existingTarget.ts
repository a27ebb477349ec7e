import type { Attributes, Destination, ExistingFile, Target } from '../destinations/destination';
import type { DataSet } from '../domo/dataSet';
import type { FileNameChoice } from '../names/fileName';
import type { WritebackError } from '../support/errors';
import { mapConcurrently } from '../support/mapConcurrently';
import type { Conflict, Writer } from './nameClaims';
import type { PublishingOptions } from './publishingOptions';
import type { TargetKnowledge } from './attemptFailed';
import type { Targets } from './targets';
import { doneFileTakenError, targetTakenError } from './targetTakenErrors';

/** Why nothing was written although nothing went wrong. */
export type SkipReason = 'unchanged' | 'exists' | 'noRows';

/** What is to be written: the targets, or nothing. */
export interface ResolvedTarget {
	readonly targets: Targets;
	readonly skip?: SkipReason;
	/** Why a file was not skipped that may hold this data already. */
	readonly note?: string;
}

const UNMARKED =
	"'Only If Changed' wrote the file again: the existing file has the time of the DataSet, but its access time doesn't identify its data. This happens when its rows couldn't be verified, or when readers or the server change access times.";

/** More files of one name than realistic; a bound, so that the search ends. */
const MOST_NUMBERS = 10_000;

const STATS_AT_ONCE = 16;

/** What a decision is made from. */
export interface TargetChoices {
	readonly destination: Destination;
	readonly dataSet: DataSet;
	readonly publishing: PublishingOptions;
	readonly choice: FileNameChoice;
	readonly targetsFor: (number: number) => Targets;
	/** Takes the names for this item, or says which item has them. */
	readonly claim: (targets: Targets) => Promise<Conflict | undefined>;
	/** Which item of an earlier run wrote another DataSet there. */
	readonly earlier: (target: Target) => Writer | undefined;
	/** How many parts to look for, and which numbers need not be looked at. */
	readonly found: TargetKnowledge;
	readonly signal: AbortSignal;
}

/**
 * Looks at what is there before anything is read: whether the writeback is needed at all, and under which number.
 * Asks the destination only when a setting depends on it. Rejects with `targetTakenError` for a name that another item has.
 */
export async function resolveTarget(choices: TargetChoices): Promise<ResolvedTarget> {
	const { destination, targetsFor, claim, signal } = choices;
	const { ifExists } = choices.publishing;
	const onlyIfChanged = looksForCurrent(choices);
	if (ifExists === 'addNumber') return await nextNumber(choices);
	const plain = targetsFor(0);
	const conflict = await claim(plain);
	if (conflict?.of === 'file' && ifExists === 'skip') return { targets: plain, skip: 'exists' };
	if (conflict !== undefined) throw refusal(choices, conflict, plain);
	await checkEarlierRuns(choices, plain);
	if (ifExists !== 'skip' && !onlyIfChanged) return { targets: plain };
	const existing = await destination.stat(plain.file(1), signal);
	if (onlyIfChanged && (await isCurrent(choices, plain, existing))) return { targets: plain, skip: 'unchanged' };
	if (ifExists === 'skip' && existing !== undefined) return { targets: plain, skip: 'exists' };
	return { targets: plain, ...noteOn(choices, plain, existing) };
}

async function nextNumber(choices: TargetChoices): Promise<ResolvedTarget> {
	const { destination, targetsFor, claim, found, signal } = choices;
	const { doneFileName } = choices.publishing;
	const onlyIfChanged = looksForCurrent(choices);
	let last: { readonly targets: Targets; readonly there: ExistingFile } | undefined;
	for (let number = 0; number < MOST_NUMBERS; number++) {
		const targets = targetsFor(number);
		const existing = await destination.stat(targets.file(1), signal);
		if (existing !== undefined) last = { targets, there: existing };
		if (existing !== undefined || found.taken.includes(number) || (await hasOthers(choices, targets))) continue;
		if (onlyIfChanged && last && (await isCurrent(choices, last.targets, last.there)))
			return { targets: last.targets, skip: 'unchanged' };
		const conflict = await claim(targets);
		if (conflict === undefined) {
			await checkEarlierRuns(choices, targets);
			return { targets, ...(last && noteOn(choices, last.targets, last.there)) };
		}
		// A name that takes no number stays taken.
		if (conflict.of === 'done' && doneFileName !== undefined) throw refusal(choices, conflict, targets);
	}
	// The upload says that this one exists, too.
	return { targets: targetsFor(0) };
}

/** Whether another file of this number is there: a further part, or the done file where it takes the number as well. */
async function hasOthers(
	{ destination, publishing, found, signal }: TargetChoices,
	targets: Targets,
): Promise<boolean> {
	const parts = Array.from({ length: found.parts - 1 }, (_, index) => targets.file(index + 2));
	const takesNumber = publishing.doneFile !== 'none' && publishing.doneFileName === undefined;
	const others = [...(takesNumber ? [targets.done()] : []), ...parts];
	const stats = await mapConcurrently(others.length, STATS_AT_ONCE, async (index) => {
		const other = others[index];
		return other && (await destination.stat(other, signal));
	});
	return stats.some((existing) => existing !== undefined);
}

function refusal({ destination, choice }: TargetChoices, conflict: Conflict, targets: Targets): WritebackError {
	return conflict.of === 'done'
		? doneFileTakenError(destination.describe(targets.done()), conflict)
		: targetTakenError(choice, destination.describe(targets.file(1)), conflict);
}

/** Throws `targetTakenError` where an earlier run put another DataSet that nothing has fetched since. What If Exists looks for is left to it. */
async function checkEarlierRuns(choices: TargetChoices, targets: Targets): Promise<void> {
	const { destination, earlier, signal } = choices;
	const { ifExists, doneFile } = choices.publishing;
	const file = ifExists === 'replace' ? targets.file(1) : undefined;
	const done = doneFile === 'none' ? undefined : targets.done();
	for (const [of, target] of [['file', file] as const, ['done', done] as const]) {
		const writer = target && earlier(target);
		if (target === undefined || writer === undefined) continue;
		// What cannot be seen may be there.
		const existing = await destination.stat(target, signal).catch(() => 'unseen');
		if (existing !== undefined) throw refusal(choices, { ...writer, of }, targets);
	}
}

/** Whether a target that says that it holds this data is left as it is: not when an earlier try may have put it there, whose success nothing has verified. */
function looksForCurrent({ publishing, found }: TargetChoices): boolean {
	return publishing.onlyIfChanged && !found.mayHoldOwn;
}

/** The first part is published after all others, and the done file after it. */
async function isCurrent(
	{ destination, publishing, signal }: TargetChoices,
	targets: Targets,
	existing: ExistingFile | undefined,
): Promise<boolean> {
	if (existing === undefined || !isOf(existing, targets.file(1).attributes)) return false;
	if (publishing.doneFile === 'none') return true;
	const done = await destination.stat(targets.done(), signal);
	return done !== undefined && isOf(done, targets.done().attributes);
}

function noteOn(
	choices: TargetChoices,
	targets: Targets,
	existing: ExistingFile | undefined,
): Pick<ResolvedTarget, 'note'> {
	return looksForCurrent(choices) && existing && isUnmarked(existing, targets.file(1).attributes)
		? { note: UNMARKED }
		: {};
}

/** Whether a file says that it holds this very data: by its times on SFTP, by its metadata on Azure. What does not say so is written anew. */
function isOf(existing: ExistingFile, attributes: Attributes): boolean {
	const { fingerprint, dataSetId, asOf, dataCurrentAt, rows, selection } = attributes;
	if (existing.fingerprint !== undefined)
		return existing.fingerprint === fingerprint && isSameSecond(existing.asOf, asOf);
	return (
		asOf !== undefined &&
		existing.dataSetId === dataSetId &&
		existing.asOf?.getTime() === asOf.getTime() &&
		existing.dataCurrentAt?.getTime() === dataCurrentAt?.getTime() &&
		existing.rows === rows &&
		existing.selection === selection
	);
}

/** A file on SFTP that lacks only the time of access. */
function isUnmarked(existing: ExistingFile, { asOf }: Attributes): boolean {
	return existing.fingerprint === undefined && existing.dataSetId === undefined && isSameSecond(existing.asOf, asOf);
}

/** A file's time on SFTP has whole seconds. */
function isSameSecond(one: Date | undefined, other: Date | undefined): boolean {
	const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
	return one !== undefined && other !== undefined && seconds(one) === seconds(other);
}
