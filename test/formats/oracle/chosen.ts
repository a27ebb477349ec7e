import type { Nasty } from '../../../sandbox/domo/edgeCases';
import type { Cell } from '../../../sandbox/domo/table';
import type { Condition, Rows } from '../settings';
import { dated, momentOf } from './dates';
import { WORKFLOW_ZONE } from './table';

/** The rows of a DataSet that the Rows pane chooses. */
export interface Chosen {
	/** The DataSet with these rows alone. */
	readonly data: Nasty;
	/** How many rows were looked at; undefined where none was left out. */
	readonly read: number | undefined;
	/** Whether the export was ended before its last row. */
	readonly isCutShort: boolean;
	/** What the receipt reports of the rows; undefined where it was not asked. */
	readonly highest: { readonly column: string; readonly value: string | null } | undefined;
}

const clock = (text: string) => (text.length === 10 ? `${text} 00:00:00` : text.replace('T', ' '));
const withoutZeros = (text: string) => text.replace(/(\.\d*?)0+$/, '$1');

/** What the conditions of the matrix ask of a cell with a value: a time as its user's clocks show it, a number by its digits. */
const TESTS: Readonly<Record<string, (cell: string, condition: Condition, rows: Rows) => boolean>> = {
	'Order ID': (cell, { value = '' }) => BigInt(cell) > BigInt(value),
	'Shipped At': (cell, { value = '', to = '' }, { timeZone = WORKFLOW_ZONE }) => {
		const shown = dated('yyyy-MM-dd HH:mm:ss', momentOf(cell), timeZone);
		return shown >= clock(value) && shown <= clock(to);
	},
	'Discount %': (cell, { value = '' }) => value.split(', ').map(withoutZeros).includes(withoutZeros(cell)),
	ratio: () => true,
	'order id': (cell, { value = '' }, { ignoreCase }) =>
		ignoreCase === true ? cell.toUpperCase().includes(value.toUpperCase()) : cell.includes(value),
};

export function chosenOf(data: Nasty, rows: Rows): Chosen {
	const { limit = Infinity } = rows;
	const kept: Array<readonly Cell[]> = [];
	let read = 0;
	for (const row of data.rows) {
		if (kept.length === limit) break;
		read += 1;
		if (fits(row, data, rows)) kept.push(row);
	}
	const { conditions, reportHighest: column } = rows;
	const isAll = conditions === undefined && rows.limit === undefined && column === undefined;
	return {
		data: { ...data, rows: kept },
		read: isAll ? undefined : read,
		isCutShort: read < data.rows.length,
		highest: column === undefined ? undefined : { column, value: highestOf(kept, column, data) },
	};
}

/** What tells which cell of a column is the highest. */
const SIZES: Readonly<Record<string, (cell: string) => bigint | number>> = {
	'Order ID': BigInt,
	'Discount %': (cell) => {
		const [whole = '', fraction = ''] = cell.split('.');
		return BigInt(whole + fraction.padEnd(18, '0'));
	},
	'Shipped At': (cell) => momentOf(cell).getTime(),
};

/** Of several that are the highest, the first. */
function highestOf(rows: ReadonlyArray<readonly Cell[]>, column: string, { columns }: Nasty): string | null {
	const place = columns.findIndex(({ name }) => name === column);
	const sizeOf = SIZES[column];
	const cells = rows.map((row) => row[place] ?? '').filter((cell) => cell !== '');
	const [highest = null] = cells
		.map((cell) => ({ cell, size: sizeOf?.(cell) ?? 0 }))
		.sort((one, other) => Number(other.size > one.size) - Number(other.size < one.size));
	return highest && highest.cell;
}

function fits(row: readonly Cell[], { columns }: Nasty, rows: Rows): boolean {
	const met = (rows.conditions?.condition ?? []).map((condition) => {
		const cell = row[columns.findIndex(({ name }) => name === condition.column)] ?? '';
		return cell !== '' && TESTS[condition.column]?.(cell, condition, rows) === true;
	});
	return rows.match === 'any' && met.length > 0 ? met.includes(true) : !met.includes(false);
}
