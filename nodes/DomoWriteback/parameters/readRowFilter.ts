import type { RowFilter } from '../../../core/format/formatOptions';
import { invalidParameter } from '../../../core/support/errors';
import type { Options } from '../../shared/optionsReader';
import { readRowConditions } from '../../shared/readRowConditions';

/** Reads the Rows pane; undefined when there is nothing to do with rows. Throws `setting` for the first option that cannot work. */
export function readRowFilter(options: Options, workflowTimeZone: string): RowFilter | undefined {
	const filter = readRowConditions(options, workflowTimeZone);
	const limit = options.whole('limit', 'Limit', 1, 1_000_000_000, 50);
	const reportHighest = readReportHighest(options);
	if (filter.conditions.length === 0 && limit === undefined && reportHighest === undefined) return undefined;
	return { ...filter, ...(limit !== undefined && { limit }), ...(reportHighest !== undefined && { reportHighest }) };
}

/** Not the option without a column: a receipt without the value would have the next run start from the beginning. */
function readReportHighest(options: Options): string | undefined {
	if (options.value('reportHighest') === undefined) return undefined;
	const column = options.text('reportHighest');
	if (column.trim() !== '') return column;
	throw invalidParameter(
		'Report Highest Value of Column Name or ID',
		'it has no column',
		'Choose a column from the list, or remove the option under Rows.',
	);
}
