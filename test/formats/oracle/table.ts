import type { Column } from '../../../sandbox/domo/dataSet';
import { nasty, type Nasty } from '../../../sandbox/domo/edgeCases';
import type { Cell } from '../../../sandbox/domo/table';
import type { FileFormat } from '../settings';
import { dated, momentOf } from './dates';

/** The time zone of a workflow that has none set, in n8n. */
export const WORKFLOW_ZONE = 'America/New_York';

/** What the files of a writeback hold together, before it is known how cells are written. */
export interface Table {
	readonly columns: readonly Column[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
}

const BATCH = /^_BATCH_(ID|LAST_RUN)_$/;
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** The DataSet that settings are tried with: it has characters that the encoding lacks only where these may be replaced. */
export function dataFor({ encoding = 'UTF-8', onUnmappable, splitMegabytes }: FileFormat): Nasty {
	const fits = encoding.startsWith('UTF') || onUnmappable === 'replace';
	return nasty({ letters: fits ? 'Unicode' : encoding, heavy: splitMegabytes !== undefined });
}

/** Whether the file lacks characters that the DataSet has. */
export function isLossy({ encoding = 'UTF-8', onUnmappable }: FileFormat): boolean {
	return !encoding.startsWith('UTF') && onUnmappable === 'replace';
}

/** The columns that are asked for with their cells, from the DataSet itself. */
export function tableOf({ columns, rows }: Nasty, format: FileFormat): Table {
	const places = placesOf(
		columns.map(({ name }) => name),
		format,
	);
	const renames = new Map(format.renameColumns?.column.map(({ from, to }) => [from, to]));
	const harmless = (text: string) => (format.escapeFormulas === true && FORMULA.test(text) ? `'${text}` : text);
	const picked = places.map((place) => columns[place] ?? { name: '', type: 'STRING' as const });
	return {
		columns: picked.map(({ name, type }) => ({
			name: harmless(renames.get(name) ?? name),
			type: format.textColumns?.includes(name) === true ? 'STRING' : type,
		})),
		rows: rows.map((row) =>
			places.map((place, index) => {
				const cell = row[place] ?? null;
				if (cell === null) return null;
				const { name, type } = picked[index] ?? { name: '', type: 'STRING' };
				if (type !== 'STRING' && format.textColumns?.includes(name) === true) return cell;
				if (type === 'DECIMAL' || type === 'DOUBLE') return numberOf(cell, format);
				return type === 'STRING' ? harmless(cell) : type === 'DATETIME' ? timeOf(cell, format) : cell;
			}),
		),
	};
}

function placesOf(names: readonly string[], format: FileFormat): number[] {
	const { columns = 'all', columnNames = [], columnOrder = 'asListed', dropBatchColumns = false } = format;
	const kept = names.map((_, place) => place).filter((place) => !(dropBatchColumns && BATCH.test(names[place] ?? '')));
	if (columns === 'all') return kept;
	if (columns === 'except') return kept.filter((place) => !columnNames.includes(names[place] ?? ''));
	if (columnOrder === 'asInDataSet') return kept.filter((place) => columnNames.includes(names[place] ?? ''));
	return columnNames.map((name) => names.indexOf(name)).filter((place) => kept.includes(place));
}

function timeOf(cell: string, { dateTimeFormat, timeZone = WORKFLOW_ZONE }: FileFormat): string {
	return dateTimeFormat === undefined ? cell : dated(dateTimeFormat, momentOf(cell), timeZone);
}

/** The DataSet's decimals are all numbers. */
function numberOf(cell: string, { decimalSeparator }: FileFormat): string {
	return decimalSeparator === 'comma' ? cell.replace('.', ',') : cell;
}
