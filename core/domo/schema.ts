import { field } from '../support/field';

/** What Domo keeps in a column (developer.domo.com, DataSet API, schema). */
export type ColumnType = 'STRING' | 'DECIMAL' | 'LONG' | 'DOUBLE' | 'DATE' | 'DATETIME';

/** One column of a DataSet. Names may be any text, and may differ by case alone. */
export interface Column {
	readonly name: string;
	readonly type: ColumnType;
}

const TYPES: readonly ColumnType[] = ['STRING', 'DECIMAL', 'LONG', 'DOUBLE', 'DATE', 'DATETIME'];

/** Reads the columns of Domo's `schema`; empty when there are none. A type that Domo may add one day counts as text. */
export function readColumns(schema: unknown): readonly Column[] {
	const columns = field(schema, 'columns');
	if (!Array.isArray(columns)) return [];
	return columns.flatMap((column: unknown) => {
		const name = field(column, 'name');
		const type = columnType(field(column, 'type')) ?? 'STRING';
		return typeof name === 'string' ? [{ name, type }] : [];
	});
}

/** The type of this name; undefined for one that Domo does not document. */
export function columnType(name: unknown): ColumnType | undefined {
	return TYPES.find((type) => type === name);
}
