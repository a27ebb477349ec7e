import type { Column } from '../../domo/column';
import { badSetting, shown } from '../../errors';
import { COLUMN_KINDS } from './columnKind';

/** Readers of Parquet find columns by their names. */
export function refuseTwins(columns: readonly Column[]): void {
	const seen = new Set<string>();
	const twin = columns.find(({ name }) => seen.size === seen.add(name).size);
	if (twin === undefined) return;
	const hint = 'Give one of them another name, or leave it out.';
	throw badSetting('File Format', `Parquet cannot hold two columns named "${shown(twin.name)}"`, hint);
}

/** A cell that is no value of its column's type. `row` counts from 1, without the header. */
export function unreadable(column: Column | undefined, cell: string, row: number): Error {
	const { name, type } = column ?? { name: '', type: 'STRING' };
	return badSetting(
		'File Format',
		`row ${row} of the column "${shown(name)}" holds "${shown(cell)}", which is not ${COLUMN_KINDS[type].label}`,
		`Parquet keeps the column as ${type}, as it is in Domo. Leave the column out, or choose another format.`,
	);
}
