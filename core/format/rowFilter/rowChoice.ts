import type { Column } from '../../domo/schema';
import type { Highest, RowFilter } from '../formatOptions';
import { cellText, type RowCells } from './byteText';
import { unfitCell } from './conditionErrors';
import { compileConditions, placeOf, type RowTest } from './conditions';
import { highestCell, REPORT_HIGHEST } from './highest';

/** What the Rows pane asks of each row of one export. */
export interface RowChoice extends RowTest {
	/** Takes a row that is passed on. Throws `CellError` for a cell that is no value of its column's type. */
	see(cells: RowCells, row: number): void;
	/** The highest value of all of them; undefined where it was not asked for. Throws `setting` when it is too long to be reported. */
	highest(): Highest | undefined;
}

/** Throws `setting` for a filter that the schema has no place for. */
export function openRowChoice(filter: RowFilter, schema: readonly Column[], now: Date): RowChoice {
	const test = compileConditions(filter, schema, now);
	if (filter.reportHighest === undefined) return { ...test, see: () => undefined, highest: () => undefined };
	const place = placeOf(REPORT_HIGHEST, filter.reportHighest, schema);
	const column = schema[place] ?? { name: filter.reportHighest, type: 'STRING' };
	const highest = highestCell(column, filter.ignoreCase);
	const last = test.places.length;
	return {
		fits: test.fits,
		places: [...test.places, place],
		see: (cells, row) => {
			if (cells.isEmpty(last) || cells.read(last, highest.see)) return;
			throw unfitCell(REPORT_HIGHEST, column, cells.read(last, cellText), row);
		},
		highest: highest.found,
	};
}
