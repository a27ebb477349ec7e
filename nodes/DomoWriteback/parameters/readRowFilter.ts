import type { RowFilter } from '../../../core/format/formatOptions';
import type { Options } from '../../shared/optionsReader';
import { readRowConditions } from '../../shared/readRowConditions';

/** Reads the Rows pane; undefined when every row is written. Throws `setting` for the first option that cannot work. */
export function readRowFilter(options: Options, workflowTimeZone: string): RowFilter | undefined {
	const filter = readRowConditions(options, workflowTimeZone);
	const limit = options.whole('limit', 'Limit', 1, 1_000_000_000, 50);
	if (filter.conditions.length === 0 && limit === undefined) return undefined;
	return { ...filter, ...(limit !== undefined && { limit }) };
}
