import type { Column } from '../../domo/schema';
import { invalidParameter, sanitize } from '../../support/errors';
import type { Highest } from '../formatOptions';
import { type CellUse, compareText, foldedBytes, textOf } from './byteText';
import { DATE, DATETIME, DECIMAL, DOUBLE, LONG, type ValueType } from './valueTypes';

/** The label of the field. */
export const REPORT_HIGHEST = 'Report Highest Value of Column Name or ID';

/** A condition takes no more as a value, and an output item should not. */
const MOST_CHARACTERS = 1000;

/** The highest cell of one column, by the same order as in conditions. */
export interface HighestCell {
	/** Takes a cell that is not empty; false for one that is no value of the column's type. The first of equal ones is the highest. */
	readonly see: CellUse<boolean>;
	/** After the last cell. Throws `setting` for text that is too long to be reported. */
	found(): Highest;
}

export function highestCell(column: Column, ignoreCase: boolean): HighestCell {
	switch (column.type) {
		case 'STRING':
			return highestBy({ plain: () => NaN, readCell: ignoreCase ? foldedBytes : asItIs, compare: compareText }, column);
		case 'LONG':
			return highestBy(LONG, column);
		case 'DECIMAL':
			return highestBy(DECIMAL, column);
		case 'DOUBLE':
			return highestBy(DOUBLE, column);
		case 'DATE':
			return highestBy(DATE, column);
		case 'DATETIME':
			return highestBy(DATETIME, column);
	}
}

const asItIs = (text: string) => text;

function highestBy<T>(
	{ plain, readCell, compare }: Pick<ValueType<T>, 'plain' | 'readCell' | 'compare'>,
	{ name }: Column,
): HighestCell {
	let highest: Kept<T> | undefined;
	/** As `plain` reads it. */
	let number = NaN;
	const isHigher = (cell: T) => {
		const kept = highest && (highest.cell ??= readCell(cutOut(highest)));
		// What is no number is not even equal to itself.
		return kept === undefined ? compare(cell, cell) === 0 : compare(cell, kept) > 0;
	};
	return {
		see: ({ bytes, text }, from, to) => {
			const read = plain(bytes, from, to);
			if (read <= number) return true;
			const cell = read > number ? undefined : readCell(text.slice(from, to));
			if (cell === undefined && !(read > number)) return false;
			if (cell !== undefined && !isHigher(cell)) return true;
			[highest, number] = [{ text, from, to, cell }, read];
			return true;
		},
		found: () => {
			const value = highest === undefined ? null : textOf(cutOut(highest));
			if (value !== null && value.length > MOST_CHARACTERS) throw tooLong(name, value.length);
			return { column: name, value };
		},
	};
}

/** Not cut out until it is needed: in a column that grows, every cell is the highest for a moment. */
interface Kept<T> {
	readonly text: string;
	readonly from: number;
	readonly to: number;
	/** What it reads as, once that was asked. */
	cell: T | undefined;
}

function cutOut({ text, from, to }: Kept<unknown>): string {
	return text.slice(from, to);
}

function tooLong(column: string, number: number) {
	return invalidParameter(
		REPORT_HIGHEST,
		`the highest value of column "${sanitize(column)}" has ${number} characters, but a receipt reports up to ${MOST_CHARACTERS}`,
		'Choose a column with numbers, times or short text.',
	);
}
