import type { ColumnType } from '../../../sandbox/domo/dataSet';
import type { Cell } from '../../../sandbox/domo/table';
import type { ParquetFile } from '../readers/duckDb';
import type { JsonValue } from '../readers/text';
import { momentOf } from './dates';
import type { Table } from './table';

const NUMBERS: readonly ColumnType[] = ['LONG', 'DECIMAL', 'DOUBLE'];

/** Each row as the pairs of a JSON object. */
export function asJson({ columns, rows }: Table): Array<Array<[string, JsonValue]>> {
	return rows.map((row) =>
		columns.map(({ name, type }, place) => {
			const cell = row[place] ?? null;
			return [name, cell !== null && NUMBERS.includes(type) ? { number: cell } : cell];
		}),
	);
}

/** What DuckDB calls the types of Parquet that Domo's are. */
const DUCK_TYPES: Readonly<Record<ColumnType, string>> = {
	STRING: 'VARCHAR',
	LONG: 'BIGINT',
	DECIMAL: 'DECIMAL(38,18)',
	DOUBLE: 'DOUBLE',
	DATE: 'DATE',
	DATETIME: 'TIMESTAMP WITH TIME ZONE',
};

const DECIMAL_PLACES = 18;

/** A table as DuckDB reads it from Parquet; doubles are in JavaScript's words, as `plainDoubles` makes them. */
export function asParquet({ columns, rows }: Table): Pick<ParquetFile, 'columns' | 'rows'> {
	return {
		columns: columns.map(({ name, type }) => ({ name, type: DUCK_TYPES[type] })),
		rows: rows.map((row) => columns.map(({ type }, place) => parquetText(row[place] ?? null, type))),
	};
}

/** What DuckDB read, with every double as JavaScript writes it. */
export function plainDoubles({ columns, rows }: ParquetFile): Pick<ParquetFile, 'columns' | 'rows'> {
	return {
		columns,
		rows: rows.map((row) =>
			row.map((text, place) => (columns[place]?.type === 'DOUBLE' && text !== null ? doubleText(text) : text)),
		),
	};
}

function parquetText(cell: Cell, type: ColumnType): string | null {
	if (cell === null) return null;
	if (type === 'DECIMAL') {
		const [whole = '', fraction = ''] = cell.split('.');
		return `${whole}.${fraction.padEnd(DECIMAL_PLACES, '0')}`;
	}
	if (type === 'DOUBLE') return doubleText(cell);
	if (type === 'DATETIME') return String(BigInt(momentOf(cell).getTime()) * 1000n);
	return cell;
}

/** Zero has a sign, too. */
function doubleText(text: string): string {
	const value = Number(text);
	return Object.is(value, -0) ? '-0' : String(value);
}
