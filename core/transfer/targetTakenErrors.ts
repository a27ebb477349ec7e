import { type FileNameChoice, labelOf } from '../names/fileName';
import { WritebackError } from '../support/errors';
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
