import type { Attributes, Destination, Existing, Target } from '../destinations/destination';
import type { DataSet } from '../domo/dataSet';
import type { FileNameChoice } from '../names/fileName';
import type { WritebackError } from '../support/errors';
import { inOrder } from '../support/mapConcurrently';
import type { Conflict, Writer } from './nameClaims';
import type { PublishingPlan } from './publishingOptions';
import type { Found } from './stageAndPublish';
import type { Targets } from './targets';
import { doneFileTaken, targetTaken } from './targetTakenErrors';

/** Why nothing was written although nothing went wrong. */
export type SkipReason = 'unchanged' | 'exists';

/** What is to be written: the targets, or nothing. */
export interface Decision {
	readonly targets: Targets;
	readonly skip?: SkipReason;
	/** Why a file was not skipped that may hold this data already. */
	readonly note?: string;
}

const UNMARKED =
	'Only If Changed wrote the file anew: the one that was there has the time of the DataSet, but its time of access does not say which data it holds. That is so when its rows could not be verified, and where readers or the server change times of access.';

/** More files of one name than anybody keeps; a bound, so that the search ends. */
const MOST_NUMBERS = 10_000;

const LOOKS_AT_ONCE = 16;

/** What a decision is made from. */
export interface Choices {
	readonly destination: Destination;
	readonly dataSet: DataSet;
	readonly publishing: PublishingPlan;
	readonly choice: FileNameChoice;
	readonly numbered: (number: number) => Targets;
	/** Takes the names for this item, or says which item has them. */
	readonly claim: (targets: Targets) => Promise<Conflict | undefined>;
	/** Which item of an earlier run wrote another DataSet there. */
	readonly earlier: (target: Target) => Writer | undefined;
	/** How many parts to look for, and which numbers need not be looked at. */
	readonly found: Found;
	readonly signal: AbortSignal;
}

/**
 * Looks at what is there before anything is read: whether the writeback is needed at all, and under which number.
 * Asks the destination only when a setting depends on it. Rejects with `targetTaken` for a name that another item has.
 */
export async function decide(choices: Choices): Promise<Decision> {
	const { destination, numbered, claim, signal } = choices;
	const { ifExists, onlyIfChanged } = choices.publishing;
	if (ifExists === 'addNumber') return await nextNumber(choices);
	const plain = numbered(0);
	const conflict = await claim(plain);
	if (conflict?.of === 'file' && ifExists === 'skip') return { targets: plain, skip: 'exists' };
	if (conflict !== undefined) throw refusal(choices, conflict, plain);
	await checkEarlierRuns(choices, plain);
	if (ifExists !== 'skip' && !onlyIfChanged) return { targets: plain };
	const there = await destination.look(plain.file(1), signal);
	if (onlyIfChanged && (await isCurrent(choices, plain, there))) return { targets: plain, skip: 'unchanged' };
	if (ifExists === 'skip' && there !== undefined) return { targets: plain, skip: 'exists' };
	return { targets: plain, ...noteOn(choices, plain, there) };
}

async function nextNumber(choices: Choices): Promise<Decision> {
	const { destination, numbered, claim, found, signal } = choices;
	const { onlyIfChanged, doneFileName } = choices.publishing;
	let last: { readonly targets: Targets; readonly there: Existing } | undefined;
	for (let number = 0; number < MOST_NUMBERS; number++) {
		const targets = numbered(number);
		const there = await destination.look(targets.file(1), signal);
		if (there !== undefined) last = { targets, there };
		if (there !== undefined || found.taken.has(number) || (await hasOthers(choices, targets))) continue;
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
	return { targets: numbered(0) };
}

/** Whether another file of this number is there: a further part, or the done file where it takes the number as well. */
async function hasOthers({ destination, publishing, found, signal }: Choices, targets: Targets): Promise<boolean> {
	const parts = Array.from({ length: found.parts - 1 }, (_, index) => targets.file(index + 2));
	const takesNumber = publishing.doneFile !== 'none' && publishing.doneFileName === undefined;
	const others = [...(takesNumber ? [targets.done()] : []), ...parts];
	const looks = await inOrder(others.length, LOOKS_AT_ONCE, async (index) => {
		const other = others[index];
		return other && (await destination.look(other, signal));
	});
	return looks.some((there) => there !== undefined);
}

function refusal({ destination, choice }: Choices, conflict: Conflict, targets: Targets): WritebackError {
	return conflict.of === 'done'
		? doneFileTaken(destination.describe(targets.done()), conflict)
		: targetTaken(choice, destination.describe(targets.file(1)), conflict);
}

/** Throws `targetTaken` where an earlier run put another DataSet that nothing has fetched since. What If Exists looks for is left to it. */
async function checkEarlierRuns(choices: Choices, targets: Targets): Promise<void> {
	const { destination, earlier, signal } = choices;
	const { ifExists, doneFile } = choices.publishing;
	const file = ifExists === 'replace' ? targets.file(1) : undefined;
	const done = doneFile === 'none' ? undefined : targets.done();
	for (const [of, target] of [['file', file] as const, ['done', done] as const]) {
		const writer = target && earlier(target);
		if (target === undefined || writer === undefined) continue;
		// What cannot be seen may be there.
		const there = await destination.look(target, signal).catch(() => 'unseen');
		if (there !== undefined) throw refusal(choices, { ...writer, of }, targets);
	}
}

/** The first part is published after all others, and the done file after it. */
async function isCurrent(
	{ destination, publishing, signal }: Choices,
	targets: Targets,
	there: Existing | undefined,
): Promise<boolean> {
	if (there === undefined || !isOf(there, targets.file(1).attributes)) return false;
	if (publishing.doneFile === 'none') return true;
	const done = await destination.look(targets.done(), signal);
	return done !== undefined && isOf(done, targets.done().attributes);
}

function noteOn({ publishing }: Choices, targets: Targets, there: Existing | undefined): Pick<Decision, 'note'> {
	return publishing.onlyIfChanged && there && isUnmarked(there, targets.file(1).attributes) ? { note: UNMARKED } : {};
}

/** Whether a file says that it holds this very data: by its times on SFTP, by its metadata on Azure. What does not say so is written anew. */
function isOf(there: Existing, { fingerprint, dataSetId, asOf, dataCurrentAt, rows }: Attributes): boolean {
	if (there.fingerprint !== undefined) return there.fingerprint === fingerprint && isSameSecond(there.asOf, asOf);
	return (
		asOf !== undefined &&
		there.dataSetId === dataSetId &&
		there.asOf?.getTime() === asOf.getTime() &&
		there.dataCurrentAt?.getTime() === dataCurrentAt?.getTime() &&
		there.rows === rows
	);
}

/** A file on SFTP that lacks only the time of access. */
function isUnmarked(there: Existing, { asOf }: Attributes): boolean {
	return there.fingerprint === undefined && there.dataSetId === undefined && isSameSecond(there.asOf, asOf);
}

/** A file's time on SFTP has whole seconds. */
function isSameSecond(one: Date | undefined, other: Date | undefined): boolean {
	const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
	return one !== undefined && other !== undefined && seconds(one) === seconds(other);
}
