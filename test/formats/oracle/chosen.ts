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
	const isAll = rows.conditions === undefined && rows.limit === undefined;
	return { data: { ...data, rows: kept }, read: isAll ? undefined : read, isCutShort: read < data.rows.length };
}

function fits(row: readonly Cell[], { columns }: Nasty, rows: Rows): boolean {
	const met = (rows.conditions?.condition ?? []).map((condition) => {
		const cell = row[columns.findIndex(({ name }) => name === condition.column)] ?? '';
		return cell !== '' && TESTS[condition.column]?.(cell, condition, rows) === true;
	});
	return rows.match === 'any' && met.length > 0 ? met.includes(true) : !met.includes(false);
}
