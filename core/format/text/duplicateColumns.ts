import { invalidParameter, sanitize, type WritebackError } from '../../support/errors';

/** Formats whose readers find columns by name cannot hold two of the same name. */
export function duplicateColumnError(format: 'JSON Lines' | 'Parquet', name: string): WritebackError {
	return invalidParameter(
		'Format',
		`${format} cannot hold two columns named "${sanitize(name)}"`,
		'Leave them out under Columns, give one of them another name in Domo, or choose CSV.',
	);
}
