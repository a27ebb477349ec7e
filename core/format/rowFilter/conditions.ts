import type { Column } from '../../domo/schema';
import type { Condition, RowFilter } from '../formatOptions';
import { noSuchColumn } from '../rows/columnErrors';
import { columnMeant } from '../rows/columnSelection';
import { cellText, type RowCells } from './byteText';
import { type CellTest, cellTest, lackingOperator, type TestOptions } from './cellTests';
import { CONDITIONS, nothingBetween, twoColumns, unfitCell, unfitValue, wrongOperator } from './conditionErrors';
import { isDayMacro } from './clockTimes';

/** The conditions of a filter for one DataSet. */
export interface RowTest {
	/** Places of the schema whose cells they look at; each once. */
	readonly places: readonly number[];
	/**
	 * Whether a row fits, by its cells at `places`; `row` counts data rows from 1. Every condition is looked at: throws `CellError` for a cell
	 * that is no value of its column's type.
	 */
	fits(cells: RowCells, row: number): boolean;
}

/** One condition, and which of the cells it looks at. */
interface CompiledCondition {
	readonly column: Column;
	readonly slot: number;
	readonly test: CellTest;
	/** What it says of a cell without a value, or with no text. */
	readonly empty: boolean;
}

/**
 * Reads conditions against a schema. Throws `setting` for a column that the DataSet does not have, or has twice, for an operator that its type
 * lacks, and for a value that does not fit the type.
 */
export function compileConditions(filter: RowFilter, schema: readonly Column[], now: Date): RowTest {
	const options: TestOptions = { timeZone: filter.timeZone, now, ignoreCase: filter.ignoreCase };
	const places: number[] = [];
	const compiled = filter.conditions.map((condition): CompiledCondition => {
		const place = placeOf(CONDITIONS, condition.column, schema);
		if (!places.includes(place)) places.push(place);
		const column = schema[place] ?? { name: condition.column, type: 'STRING' };
		return { column, slot: places.indexOf(place), ...compile(condition, column, options) };
	});
	const isAll = filter.match === 'all' || compiled.length === 0;
	return {
		places,
		fits: (cells, row) => {
			let met = 0;
			for (const { column, slot, test, empty } of compiled) {
				const isMet = cells.isEmpty(slot) ? empty : cells.read(slot, test);
				if (isMet === undefined) throw unfitCell(CONDITIONS, column, cells.read(slot, cellText), row);
				if (isMet) met += 1;
			}
			return isAll ? met === compiled.length : met > 0;
		},
	};
}

/** Where the schema has a column. Throws `setting` for one that it does not have, or has twice; `label` is that of the field. */
export function placeOf(label: string, typed: string, schema: readonly Column[]): number {
	const names = schema.map(({ name }) => name);
	const name = columnMeant(typed, names);
	const place = names.indexOf(name);
	if (place === -1) throw noSuchColumn(label, typed, names);
	if (names.indexOf(name, place + 1) !== -1) throw twoColumns(label, name);
	return place;
}

function compile(
	condition: Condition,
	column: Column,
	options: TestOptions,
): Pick<CompiledCondition, 'test' | 'empty'> {
	const { operator, values } = condition;
	if (operator === 'isEmpty') return { test: () => false, empty: true };
	if (operator === 'isNotEmpty') return { test: () => true, empty: false };
	const lacking = lackingOperator(column.type, operator);
	if (lacking !== undefined) throw wrongOperator(column, lacking);
	const macro = column.type === 'STRING' ? values.find(isDayMacro) : undefined;
	if (macro !== undefined) throw unfitValue(column, macro);
	const made = cellTest(column.type, operator, values, options);
	if ('misfit' in made) throw unfitValue(column, made.misfit);
	if ('isReversed' in made) throw nothingBetween(column, values);
	return { test: made.test, empty: operator === 'isNot' };
}
