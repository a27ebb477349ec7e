import { type FileNameChoice, labelOf } from '../names/fileName';
import { CommitOutcomeUnknown, type Target } from '../destinations/destination';
import { withOptions, withoutUnchanged, WritebackError } from '../support/errors';
import type { Writer } from './nameClaims';

const KEPT = 'The target keeps what that item writes.';

/** An earlier item of the execution writes the target of this one. */
export function targetTakenError(choice: FileNameChoice, target: string, writer: Writer): WritebackError {
	const field = labelOf(choice);
	return new WritebackError('targetTaken', `${field}: ${named(writer)} of this execution already writes ${target}`, {
		hint: `${KEPT} Give each item its own name, e.g. with the macro <data_set_id> in 'Filename' or in the folder, or choose Add Number in Publishing → 'If Exists'.`,
	});
}

/** As `targetTakenError`, for the done file. */
export function doneFileTakenError(target: string, writer: Writer): WritebackError {
	return new WritebackError(
		'targetTaken',
		`Done File Name: ${named(writer)} of this execution already writes ${target}`,
		{
			hint: `${KEPT} Give each item its own done file, e.g. with the macro <data_set_id> in Publishing → 'Done File Name'.`,
		},
	);
}

function named({ item, run }: Writer): string {
	return run === undefined ? `item ${item}` : `item ${item} of run ${run}`;
}

/** Where files that are there are to be skipped: of a set whose first part is missing, the data never arrived. */
export function incompleteSetError(fault: WritebackError): WritebackError {
	return new WritebackError('targetExists', `${fault.message}, but the first part doesn't`, {
		hint: "An earlier writeback ended before it had published all parts. Remove the parts that are there, or choose Replace or Add Number in Publishing → 'If Exists'.",
		cause: fault,
	});
}

/** The fault of publishing the first of `others`, which also tells what is in place already and what is not. */
export function partlyPublished(
	fault: unknown,
	published: readonly Target[],
	[failed, ...others]: readonly Target[],
): unknown {
	if (!(fault instanceof WritebackError) || failed === undefined) return fault;
	const isOpen = fault instanceof CommitOutcomeUnknown;
	if (published.length === 0 && (!isOpen || others.length === 0)) return fault;
	const about = isOpen ? `${failed.fileName}: ` : '';
	const lead = !isOpen && fault.reason === 'cancelled' ? '' : `${about}${withoutUnchanged(fault.hint)} `;
	const missing = namesOf(isOpen ? others : [failed, ...others]);
	const names = namesOf(published);
	const there = names === '' ? '' : `Already published, each of them complete: ${names}. `;
	const absent = missing === '' ? '' : `Not published: ${missing}. `;
	// A next try would take them for files of others; not one that was removed, which is worth a try although it isn't replaced.
	const isInTheWay = isOpen && !failed.replace && !fault.retryable;
	const mayReplace = !isInTheWay && published.every(({ replace }) => replace);
	const next = mayReplace ? 'Try again to publish all of them.' : 'Remove what is there, then try again.';
	const hint = `${lead}${there}${absent}${next}`;
	const retryable = fault.retryable && mayReplace;
	return new CommitOutcomeUnknown(fault.reason, fault.message, withOptions(fault, { hint, retryable }));
}

/** A message has room for these. */
const NAMES = 10;

function namesOf(targets: readonly Target[]): string {
	const names = targets.slice(0, NAMES).map(({ fileName }) => fileName);
	return [...names, ...(targets.length > NAMES ? [`${targets.length - NAMES} more`] : [])].join(', ');
}
