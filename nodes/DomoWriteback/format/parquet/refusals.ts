import type { Column } from '../../domo/column';
import { badSetting, shown } from '../../errors';
import { twins } from '../twins';
import { COLUMN_KINDS } from './columnKind';

/** Readers of Parquet find columns by their names. */
export function refuseTwins(columns: readonly Column[]): void {
	const seen = new Set<string>();
	const twin = columns.find(({ name }) => seen.size === seen.add(name).size);
	if (twin === undefined) return;
	throw twins('Parquet', twin.name);
}

/** A cell that is no value of its column's type. `row` counts from 1, without the header. */
export function unreadable(column: Column | undefined, cell: string, row: number): Error {
	const { name, type } = column ?? { name: '', type: 'STRING' };
	return badSetting(
		'Format',
		`row ${row} of the column "${shown(name)}" holds "${shown(cell)}", which is not ${COLUMN_KINDS[type].label}`,
		`Parquet keeps the column as ${type}, as it is in Domo. Leave the column out, or choose another format.`,
	);
}
