import type { Attributes, Destination, Existing } from './destinations/destination';
import type { Targets } from './names/targets';
import type { PublishingPlan } from './publishingPlan';

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

/**
 * Looks at what is there before anything is read: whether the writeback is needed at all, and under which number.
 * Asks the destination only when a setting depends on it.
 */
export async function decide(
	destination: Destination,
	{ ifExists, onlyIfChanged, doneFile }: PublishingPlan,
	numbered: (number: number) => Targets,
	signal: AbortSignal,
): Promise<Decision> {
	const plain = numbered(0);
	if (ifExists === 'addNumber') return await nextNumber();
	if (ifExists !== 'skip' && !onlyIfChanged) return { targets: plain };
	const there = await destination.look(plain.file(1), signal);
	if (onlyIfChanged && (await isCurrent(plain, there))) return { targets: plain, skip: 'unchanged' };
	return ifExists === 'skip' && there !== undefined
		? { targets: plain, skip: 'exists' }
		: { targets: plain, ...noteOn(plain, there) };

	async function nextNumber(): Promise<Decision> {
		let last: { readonly targets: Targets; readonly there: Existing } | undefined;
		for (let number = 0; number < MOST_NUMBERS; number++) {
			const targets = numbered(number);
			const there = await destination.look(targets.file(1), signal);
			if (there !== undefined) {
				last = { targets, there };
				continue;
			}
			if (onlyIfChanged && last && (await isCurrent(last.targets, last.there)))
				return { targets: last.targets, skip: 'unchanged' };
			return { targets, ...(last && noteOn(last.targets, last.there)) };
		}
		// The upload says that this one exists, too.
		return { targets: plain };
	}

	/** The first part is published after all others, and the done file after it. */
	async function isCurrent(targets: Targets, there: Existing | undefined): Promise<boolean> {
		if (there === undefined || !isOf(there, targets.file(1).attributes)) return false;
		if (doneFile === 'none') return true;
		const done = await destination.look(targets.done(), signal);
		return done !== undefined && isOf(done, targets.done().attributes);
	}

	function noteOn(targets: Targets, there: Existing | undefined): Pick<Decision, 'note'> {
		return onlyIfChanged && there && isUnmarked(there, targets.file(1).attributes) ? { note: UNMARKED } : {};
	}
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
