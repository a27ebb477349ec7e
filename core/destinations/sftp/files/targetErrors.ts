import { sanitize, WritebackError } from '../../../support/errors';

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
