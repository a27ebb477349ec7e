import type { About, Column, SandboxDataSet } from './dataSet';
import { dataSet } from './dataSet';

/** null is a null of Domo, '' an empty string; everything is text, so that no digit is lost. */
export type Cell = string | null;

export interface TableOptions {
	readonly name: string;
	readonly columns: readonly Column[];
	readonly rows: number;
	readonly record: (index: number) => readonly Cell[];
	/** How a null is written: nothing, or `\N`. */
	readonly nulls?: '' | '\\N';
	readonly finalNewline?: boolean;
}

const BATCH_CHARACTERS = 65_536;

/** A DataSet whose records are made one by one, quoted as little as the format allows. */
export function table(options: TableOptions, about: About = {}): SandboxDataSet {
	const { name, columns, rows } = options;
	return dataSet({
		name,
		columns,
		rows,
		...about,
		*csv(wanted) {
			const last = options.finalNewline === false ? wanted.rows - 1 : undefined;
			let batch = wanted.header ? headerLine(this.columns) : '';
			for (let index = 0; index < wanted.rows; index++) {
				batch += recordLine(this.columns, options.record(index), options.nulls ?? '');
				if (index !== last) batch += '\n';
				if (batch.length >= BATCH_CHARACTERS) {
					yield Buffer.from(batch);
					batch = '';
				}
			}
			if (batch !== '') yield Buffer.from(batch);
		},
	});
}

/** The header record, with its newline. */
export function headerLine(columns: readonly Column[]): string {
	return `${columns.map((column) => quoted(column.name)).join(',')}\n`;
}

/** A column that a later schema added has no cell yet: null. */
function recordLine(columns: readonly Column[], cells: readonly Cell[], nulls: string): string {
	return columns.map((_, index) => field(cells[index] ?? null, nulls)).join(',');
}

function field(cell: Cell, nulls: string): string {
	return cell === null ? nulls : cell === '' ? '""' : quoted(cell);
}

/** Quotes distinguish text that looks like the other null. */
function quoted(text: string): string {
	return /[",\r\n]|^\\N$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
