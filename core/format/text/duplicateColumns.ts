import { invalidParameter, sanitize, type WritebackError } from '../../support/errors';

/** Formats whose readers find columns by name cannot hold two of the same name. */
export function duplicateColumnError(format: 'JSON Lines' | 'Parquet', name: string): WritebackError {
	return invalidParameter(
		'Format',
		`${format} cannot hold two columns named "${sanitize(name)}"`,
		"Exclude them under 'Columns', rename one of them in Domo, or choose CSV.",
	);
}
