import { closestMatch } from '../../support/closestMatch';
import { invalidParameter, sanitize, type WritebackError } from '../../support/errors';

/** The label of the pane. */
const AS_TEXT = 'Text Column Names or IDs';

/** Throws `setting` for a column that is to be kept as text and is not written, or not in the DataSet. */
export function checkAsText(names: readonly string[], written: readonly string[], all: readonly string[]): void {
	for (const name of names) {
		if (written.includes(name)) continue;
		if (!all.includes(name)) throw noSuchColumn(AS_TEXT, name, all);
		throw invalidParameter(
			AS_TEXT,
			`"${sanitize(name)}" is not among the columns that are written`,
			"Add it to the columns of 'Columns', or remove it here.",
		);
	}
}

export function noSuchColumn(label: string, name: string, names: readonly string[]): WritebackError {
	const meant = sanitize(closestMatch(name, names));
	if (names.length === 0) {
		return invalidParameter(
			label,
			'Domo lists no columns for this DataSet',
			'Remove the option. If the DataSet is new, try again once Domo shows its columns.',
		);
	}
	return invalidParameter(
		label,
		`the DataSet has no column "${sanitize(name)}"`,
		`Did you mean "${meant}"? Enter the name exactly as Domo shows it, including upper and lower case.`,
	);
}
