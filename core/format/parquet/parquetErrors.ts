import { CellFault } from '../rows/cellError';
import { twins } from '../text/duplicateColumns';
import { COLUMN_KINDS } from './columnTypes';
import type { Column } from '../../domo/schema';
import { shown } from '../../support/errors';

/** Readers of Parquet find columns by their names. */
export function refuseTwins(columns: readonly Column[]): void {
	const seen = new Set<string>();
	const twin = columns.find(({ name }) => seen.size === seen.add(name).size);
	if (twin === undefined) return;
	throw twins('Parquet', twin.name);
}

/** A cell that is no value of its column's type; rows count from 1. */
export function unreadable(column: Column | undefined, cell: string, row: number): CellFault {
	const { name, type } = column ?? { name: '', type: 'STRING' };
	return new CellFault({
		label: 'Format',
		row,
		column: name,
		what: `holds "${shown(cell)}", which is not ${COLUMN_KINDS[type].label}`,
		hint: `Parquet keeps the column as ${type}, as it is in Domo. Add it to Text Column Names or IDs to have it as text, exactly as Domo writes it, or leave it out.`,
	});
}
