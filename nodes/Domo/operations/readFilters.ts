import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import type { DataSet } from '../../../core/domo/dataSet';
import { hasNoOwner, isOwned } from '../../../core/domo/owner';
import { invalidParameter } from '../../../core/support/errors';
import { optionsOf } from '../../shared/optionsReader';
import { filters as pane } from '../descriptions/getMany';
import type { OperationContext } from './operation';

/** Which DataSets are wanted. */
export interface Filters {
	/** Domo looks for it itself; empty for all. */
	readonly nameContains: string;
	/** Domo's list can't be asked for these. */
	readonly isWanted: (dataSet: DataSet) => boolean;
	/** Throws `setting` when Domo tells nothing of what one of the filters needs in any of the DataSets that it listed. */
	readonly check: (listed: readonly DataSet[]) => void;
}

export function readFilters({ n8n, item }: OperationContext): Filters {
	const filters = optionsOf(n8n.getNodeParameter('filters', item, {}), pane.displayName, pane.options);
	for (const { name, displayName } of pane.options as readonly INodeProperties[]) {
		if (filters.value(name) === null) throw withoutValue(displayName);
	}
	const owner = filters.text('owner').trim();
	const after = readTime(filters.value('updatedAfter'), n8n.getTimezone());
	return {
		nameContains: filters.text('nameContains').trim(),
		isWanted: (dataSet) =>
			(owner === '' || isOwned(dataSet, owner)) && (after === undefined || updatedAt(dataSet) > after),
		check: (listed) => {
			if (listed.length === 0) return;
			if (owner !== '' && listed.every(hasNoOwner)) {
				throw invalidParameter('Owner', 'Domo does not list who owns these DataSets', REMOVE);
			}
			if (after !== undefined && listed.every((dataSet) => Number.isNaN(updatedAt(dataSet)))) {
				throw invalidParameter('Updated After', 'Domo does not list when these DataSets were updated', REMOVE);
			}
		},
	};
}

/** An expression that came out empty would let every DataSet pass. */
function withoutValue(label: string): Error {
	return invalidParameter(
		label,
		'its expression returns nothing, so every DataSet would match',
		'Correct the expression, or remove the filter.',
	);
}

const REMOVE = "Remove this filter, or use 'Name Contains' instead.";

/** NaN where Domo tells no time. */
function updatedAt({ updatedAt: updated, dataCurrentAt }: DataSet): number {
	return Date.parse(updated || dataCurrentAt);
}

/** A date picked in the editor, ISO text, or what an expression yields as a date; undefined for none. */
function readTime(value: unknown, zone: string): number | undefined {
	if (value === undefined || value === '') return undefined;
	const text = (value instanceof Date ? value.toISOString() : String(value)).trim();
	const read = [DateTime.fromISO(text, { zone }), DateTime.fromSQL(text, { zone })].find(({ isValid }) => isValid);
	if (read !== undefined) return read.toMillis();
	throw invalidParameter(
		'Updated After',
		"this isn't a date",
		'Use one such as 2026-06-01 or 2026-06-01T06:00:00Z, or an expression such as {{ $now.minus({ days: 1 }) }}.',
	);
}
