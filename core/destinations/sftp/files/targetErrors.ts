import { sanitize, WritebackError } from '../../../support/errors';
import { CommitOutcomeUnknown } from '../../destination';

/** The name is taken, and what has it may not be replaced. */
export function targetExistsError(path: string): WritebackError {
	return new WritebackError('targetExists', `On the SFTP server ${sanitize(path)} already exists`, {
		hint: "The target is unchanged. Choose Replace, Skip or Add Number in Publishing → 'If Exists', or change 'Filename'.",
	});
}

/** The name is that of a folder. */
export function targetIsFolderError(path: string): WritebackError {
	return new WritebackError('targetRefused', `On the SFTP server ${sanitize(path)} is a folder`, {
		hint: "Change 'Filename', e.g. to sales.csv, or change 'Path'.",
	});
}

/** The server has confirmed a rename, and shows something else. */
export function notAsPublished(path: string, shows: string, retryable: boolean): CommitOutcomeUnknown {
	return new CommitOutcomeUnknown(
		'incomplete',
		`The SFTP server confirmed the rename to ${sanitize(path)}, but ${shows}`,
		{
			hint: "The target may be unchanged, incomplete, or replaced by another program. Check the file, or try again. If it happens again, this server can't be trusted with files: report it to its administrator.",
			retryable,
		},
	);
}
