import type { Target } from '../destinations/destination';
import { foldPath } from '../destinations/foldPath';
import { partsPattern } from '../names/partsPattern';
import { invalidParameter } from '../support/errors';
import type { PublishingOptions } from './publishingOptions';
import type { Targets } from './targets';

/**
 * Throws `setting` when the done file would take the name of the file, of any part, or of either with a number that If Exists may add; also
 * where only some servers take the two names for one.
 */
export function checkDistinctNames(
	numbered: (number: number) => Targets,
	{ doneFile, ifExists }: Pick<PublishingOptions, 'doneFile' | 'ifExists'>,
	split: boolean,
): void {
	if (doneFile === 'none') return;
	const done = pathOf(numbered(0).done());
	// A number follows a hyphen, so only these can meet.
	const added = ifExists === 'addNumber' ? [...done.matchAll(/-(\d{1,6})/g)].map(([, digits]) => Number(digits)) : [];
	for (const number of new Set([0, ...added])) {
		const targets = numbered(number);
		const own = pathOf(targets.done());
		const parts = split ? partsPattern((part) => pathOf(targets.file(part))) : undefined;
		if (own !== pathOf(targets.file(1)) && parts?.test(own) !== true) continue;
		throw invalidParameter(
			'Done File Name',
			'the data file would have the same name',
			'Choose another name, e.g. _SUCCESS, or an extension other than .done for the data file.',
		);
	}
}

function pathOf({ folder, fileName }: Target): string {
	return foldPath(`${folder}/${fileName}`);
}
