import type { Destination, Existing } from './destinations/destination';
import type { DataSet } from './domo/dataSet';
import type { Targets } from './names/targets';
import type { PublishingPlan } from './publishingPlan';

/** Why nothing was written although nothing went wrong. */
export type SkipReason = 'unchanged' | 'exists';

/** What is to be written: the targets, or nothing. */
export interface Decision {
	readonly targets: Targets;
	readonly skip?: SkipReason;
}

/** More files of one name than anybody keeps; a bound, so that the search ends. */
const MOST_NUMBERS = 10_000;

/**
 * Looks at what is there before anything is read: whether the writeback is needed at all, and under which number.
 * Asks the destination only when a setting depends on it.
 */
export async function decide(
	destination: Destination,
	dataSet: DataSet,
	{ ifExists, onlyIfChanged, doneFile }: PublishingPlan,
	numbered: (number: number) => Targets,
	signal: AbortSignal,
): Promise<Decision> {
	const plain = numbered(0);
	if (ifExists === 'addNumber') return await nextNumber();
	if (ifExists !== 'skip' && !onlyIfChanged) return { targets: plain };
	const there = await destination.look(plain.file(1), signal);
	if (onlyIfChanged && (await isCurrent(plain, there))) return { targets: plain, skip: 'unchanged' };
	return ifExists === 'skip' && there !== undefined ? { targets: plain, skip: 'exists' } : { targets: plain };

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
			return { targets };
		}
		// The upload says that this one exists, too.
		return { targets: plain };
	}

	/** The first part is published after all others, and the done file after it. */
	async function isCurrent(targets: Targets, there: Existing | undefined): Promise<boolean> {
		if (there === undefined || !isOf(there, dataSet, targets.at)) return false;
		if (doneFile === 'none') return true;
		const done = await destination.look(targets.done(), signal);
		return done !== undefined && isOf(done, dataSet, targets.at);
	}
}

/** A file's time on SFTP has whole seconds. */
function isOf({ asOf, dataSetId }: Existing, dataSet: DataSet, at: Date): boolean {
	const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
	return asOf !== undefined && seconds(asOf) === seconds(at) && (dataSetId === undefined || dataSetId === dataSet.id);
}
