import { CellError } from '../rows/cellError';
import { duplicateColumnError } from '../text/duplicateColumns';
import { COLUMN_TYPES } from './columnTypes';
import type { Column } from '../../domo/schema';
import { sanitize } from '../../support/errors';

/** Readers of Parquet find columns by their names. */
export function rejectDuplicateColumns(columns: readonly Column[]): void {
	const names = new Set<string>();
	const twin = columns.find(({ name }) => names.size === names.add(name).size);
	if (twin === undefined) return;
	throw duplicateColumnError('Parquet', twin.name);
}

/** A cell that is no value of its column's type; rows count from 1. */
export function unreadable(column: Column | undefined, cell: string, row: number): CellError {
	const { name, type } = column ?? { name: '', type: 'STRING' };
	return new CellError({
		label: 'Format',
		row,
		column: name,
		what: `holds "${sanitize(cell)}", which is not ${COLUMN_TYPES[type].label}`,
		hint: `Parquet stores the column as ${type}, its type in Domo. Add it to 'Text Column Names or IDs' to store it as text, exactly as Domo writes it, or exclude it.`,
	});
}
